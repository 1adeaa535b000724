package io.sealroom.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A chain's endpoint, except for the methods that it is told to answer otherwise. */
final class TestingEndpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI upstream;
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private TestingEndpoint(URI upstream, HttpServer server) {
        this.upstream = upstream;
        this.server = server;
    }

    static TestingEndpoint before(String upstream) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestingEndpoint endpoint = new TestingEndpoint(URI.create(upstream), server);
        server.createContext("/", endpoint::handle);
        server.start();
        return endpoint;
    }

    String rpcUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
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

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            byte[] response = answer(request);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, response.length);
            exchange.getResponseBody().write(response);
        }
    }

    private byte[] answer(byte[] request) throws IOException {
        JsonNode parsed = JSON.readTree(request);
        String method = parsed.path("method").asText();
        asked.merge(method, 1, Integer::sum);
        String scripted = answers.get(method);
        if (scripted == null) {
            byte[] honest = upstream(request);
            // As most endpoints do: of blocks that are not there yet there are no logs.
            if (!new String(honest, StandardCharsets.UTF_8).contains("BlockOutOfRange")) {
                return honest;
            }
            scripted = "\"result\":[]";
        }
        ObjectNode answer = (ObjectNode) JSON.readTree("{\"jsonrpc\":\"2.0\"," + scripted + "}");
        answer.set("id", parsed.path("id"));
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] upstream(byte[] request) throws IOException {
        try {
            return http.send(
                            HttpRequest.newBuilder(upstream)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
