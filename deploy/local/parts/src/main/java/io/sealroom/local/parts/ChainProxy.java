package io.sealroom.local.parts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** A JSON-RPC endpoint before a chain's, whose answers a test decides on. */
public final class ChainProxy implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** What to say to a request. */
    @FunctionalInterface
    public interface Answering {
        /**
         * The answer to a request, both JSON; empty for none at all, which is an error of HTTP.
         *
         * @param proxy to ask the chain
         */
        Optional<byte[]> answer(byte[] request, ChainProxy proxy) throws IOException;
    }

    private final URI chain;
    private final Answering answering;
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;

    private ChainProxy(URI chain, Answering answering, HttpServer server) {
        this.chain = chain;
        this.answering = answering;
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @param chain the chain's own endpoint
     */
    public static ChainProxy before(String chain, Answering answering) throws IOException {
        // Else every answer waits for an acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ChainProxy proxy = new ChainProxy(URI.create(chain), answering, server);
        server.createContext("/", proxy::handle);
        server.start();
        return proxy;
    }

    public String rpcUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            Optional<byte[]> answer = answering.answer(request, this);
            if (answer.isEmpty()) {
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(OK, answer.get().length);
            exchange.getResponseBody().write(answer.get());
        }
    }

    /** The chain's own answer. */
    public byte[] ask(byte[] request) throws IOException {
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
