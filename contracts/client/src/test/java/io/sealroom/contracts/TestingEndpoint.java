package io.sealroom.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.local.parts.ChainProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A chain's endpoint, except for the methods that it is told to answer otherwise. */
final class TestingEndpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChainProxy proxy;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private TestingEndpoint(String chain) throws IOException {
        this.proxy = ChainProxy.before(chain, this::answer);
    }

    static TestingEndpoint before(String chain) throws IOException {
        return new TestingEndpoint(chain);
    }

    String rpcUrl() {
        return proxy.rpcUrl();
    }

    /** From now on the method has this result, as JSON. */
    void result(String method, String result) {
        answers.put(method, "\"result\":" + result);
    }

    /** From now on the method has this error, as JSON. */
    void error(String method, String error) {
        answers.put(method, "\"error\":" + error);
    }

    /** From now on all is as the chain has it. */
    void beHonest() {
        answers.clear();
    }

    /** How often a method was asked for. */
    int asked(String method) {
        return asked.getOrDefault(method, 0);
    }

    private Optional<byte[]> answer(byte[] request, ChainProxy chain) throws IOException {
        JsonNode parsed = JSON.readTree(request);
        String method = parsed.path("method").asText();
        asked.merge(method, 1, Integer::sum);
        String scripted = answers.get(method);
        if (scripted == null) {
            byte[] honest = chain.ask(request);
            // As most endpoints do: of blocks that are not there yet there are no logs.
            if (!new String(honest, StandardCharsets.UTF_8).contains("BlockOutOfRange")) {
                return Optional.of(honest);
            }
            scripted = "\"result\":[]";
        }
        ObjectNode answer = (ObjectNode) JSON.readTree("{\"jsonrpc\":\"2.0\"," + scripted + "}");
        answer.set("id", parsed.path("id"));
        return Optional.of(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        proxy.close();
    }
}
