package io.sealroom.partner.metrics;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.exit.AgentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Serves a registry over HTTP to processes of this machine. There is no authentication, so there is
 * no way to say another address either.
 */
public final class MetricsEndpoint implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final HTTPServer server;

    private MetricsEndpoint(HTTPServer server) {
        this.server = server;
    }

    /**
     * @param port of 127.0.0.1; 0 for a free one
     * @throws AgentException if the port is taken
     */
    public static MetricsEndpoint start(PrometheusRegistry registry, int port)
            throws AgentException {
        try {
            return new MetricsEndpoint(
                    HTTPServer.builder()
                            .inetAddress(loopback())
                            .port(port)
                            .registry(registry)
                            .buildAndStart());
        } catch (IOException e) {
            throw AgentException.badInput(
                    "metrics cannot be served at 127.0.0.1:%d: %s", port, e.getMessage());
        }
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(LOOPBACK);
    }

    /** Where it answers. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/metrics");
    }

    @Override
    public void close() {
        server.close();
    }
}
