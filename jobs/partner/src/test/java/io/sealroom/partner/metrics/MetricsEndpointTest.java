package io.sealroom.partner.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AgentMetrics metrics = new AgentMetrics(registry, "1.2.3");

    @Test
    void get_metrics_hasEveryNameAndValue() throws Exception {
        metrics.state(AgentState.SEALING);
        metrics.tokenised(3, 7);
        metrics.sealed(2, 18);
        metrics.input(InputOutcome.SENT, 5);
        metrics.rejected("EMAIL_MALFORMED");
        metrics.inFlight(4);

        try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, 0)) {
            assertThat(get(endpoint.uri()).lines())
                    .contains(
                            "sealroom_agent_build_info{version=\"1.2.3\"} 1",
                            "sealroom_agent_state{state=\"sealing\"} 1.0",
                            "sealroom_agent_state{state=\"starting\"} 0.0",
                            "sealroom_agent_state{state=\"waits_for_ceremony\"} 0.0",
                            "sealroom_agent_tokens 3.0",
                            "sealroom_agent_tokens_wanted 7.0",
                            "sealroom_agent_slices_sealed 2.0",
                            "sealroom_agent_slices 18.0",
                            "sealroom_agent_input_events_total{outcome=\"sent\"} 5.0",
                            "sealroom_agent_input_events_total{outcome=\"already_sent\"} 0.0",
                            "sealroom_agent_input_events_total{outcome=\"rejected\"} 1.0",
                            "sealroom_agent_input_rejects_total{reason=\"EMAIL_MALFORMED\"} 1.0",
                            "sealroom_agent_input_in_flight 4.0");
        }
    }

    @Test
    void start_anyPort_isOfTheLoopbackAddressOnly() throws Exception {
        try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, 0)) {
            int port = endpoint.uri().getPort();
            assertThat(endpoint.uri()).hasHost("127.0.0.1").hasPath("/metrics");
            for (InetAddress address : otherAddresses()) {
                assertThatThrownBy(() -> new Socket(address, port).close())
                        .as("%s", address)
                        .isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void start_portTaken_isBadInput() throws Exception {
        try (MetricsEndpoint first = MetricsEndpoint.start(registry, 0)) {
            int port = first.uri().getPort();

            assertThatThrownBy(() -> MetricsEndpoint.start(registry, port))
                    .isInstanceOfSatisfying(
                            AgentException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void close_started_answersNoMore() throws Exception {
        MetricsEndpoint endpoint = MetricsEndpoint.start(registry, 0);
        endpoint.close();

        assertThatThrownBy(() -> get(endpoint.uri())).isInstanceOf(IOException.class);
    }

    private static List<InetAddress> otherAddresses() throws IOException {
        return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(device -> Collections.list(device.getInetAddresses()).stream())
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
