package io.sealroom.streaming.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sealroom.local.parts.LocalChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A chain's endpoint that can be away, and the switches that the chain has for tests. */
public final class TestingEndpoint implements AutoCloseable {

    private static final int UNAVAILABLE = 503;

    private final URI chain;
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean away;

    private TestingEndpoint(URI chain, HttpServer server) {
        this.chain = chain;
        this.server = server;
    }

    public static TestingEndpoint before(LocalChain chain) throws IOException {
        // Else every answer waits for an acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestingEndpoint endpoint = new TestingEndpoint(URI.create(chain.rpcUrl()), server);
        server.createContext("/", endpoint::handle);
        server.start();
        return endpoint;
    }

    public String rpcUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** While it is away every request ends in an error. */
    public void setAway(boolean value) {
        away = value;
    }

    /** Requests that came while it was away. */
    public int refused() {
        return refused.get();
    }

    // The chain's switches; they work while the endpoint is away.

    public void mine() {
        tell("evm_mine", "");
    }

    /** Whether a transaction gets a block of its own at once. */
    public void setMining(boolean value) {
        tell("evm_setAutomine", Boolean.toString(value));
    }

    public void dropAll() {
        tell("anvil_dropAllTransactions", "");
    }

    /** What the next block asks for, wei per gas. */
    public void setNextBaseFee(long wei) {
        tell("anvil_setNextBlockBaseFeePerGas", "\"0x" + Long.toHexString(wei) + "\"");
    }

    /** Replaces the newest block by an empty one. */
    public void reorganise() {
        tell("anvil_reorg", "1, []");
    }

    private void tell(String method, String parameters) {
        String request =
                String.format(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}",
                        method, parameters);
        try {
            byte[] answer = upstream(request.getBytes(StandardCharsets.UTF_8));
            String text = new String(answer, StandardCharsets.UTF_8);
            if (text.contains("\"error\"")) {
                throw new IllegalStateException(method + ": " + text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            if (away) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
                return;
            }
            byte[] answer = upstream(request);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private byte[] upstream(byte[] request) throws IOException {
        try {
            return http.send(
                            HttpRequest.newBuilder(chain)
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
