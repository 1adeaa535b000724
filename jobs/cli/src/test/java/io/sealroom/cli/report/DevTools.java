package io.sealroom.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client of the Chrome DevTools Protocol: commands with their answers, and all events. */
final class DevTools implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long DEADLINE_SECONDS = 30;

    private final StringBuilder partial = new StringBuilder();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final Supplier<String> log;
    private final WebSocket socket;
    private int commands;
    private String session = "";

    /**
     * @param log end of what the browser wrote, for messages
     */
    DevTools(URI address, Supplier<String> log) throws IOException {
        this.log = log;
        socket = await(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, this));
    }

    /** Sends commands to this session of a page from now on, not to the browser. */
    void attach(String newSession) {
        session = newSession;
    }

    /** The result of a command; parameters are names and values in turn. */
    JsonNode call(String method, Object... parameters) throws IOException {
        commands++;
        ObjectNode command = MAPPER.createObjectNode().put("id", commands).put("method", method);
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        ObjectNode given = command.putObject("params");
        for (int i = 0; i < parameters.length; i += 2) {
            given.set((String) parameters[i], MAPPER.valueToTree(parameters[i + 1]));
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(commands, answer);
        await(socket.sendText(command.toString(), true));
        JsonNode answered = await(answer);
        if (answered.has("error")) {
            throw new IOException(method + ": " + answered.get("error"));
        }
        return answered.required("result");
    }

    /** Parameters of the events of one kind, so far. */
    List<JsonNode> events(String method) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode event : events) {
            if (event.required("method").textValue().equals(method)) {
                found.add(event.required("params"));
            }
        }
        return found;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            receive(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        fail(new IOException("the browser closed the connection: " + status + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        fail(error);
    }

    private void fail(Throwable error) {
        answers.values().forEach(answer -> answer.completeExceptionally(error));
    }

    private void receive(String message) {
        try {
            JsonNode node = MAPPER.readTree(message);
            if (node.has("id")) {
                answers.remove(node.required("id").intValue()).complete(node);
            } else {
                events.add(node);
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("the browser does not answer; it wrote: " + log.get(), e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
