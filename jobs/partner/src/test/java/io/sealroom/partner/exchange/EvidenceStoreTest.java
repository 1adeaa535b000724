package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.EvaluationRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceStoreTest {

    private final ExchangeRoom room = ExchangeRoom.file(3, 1000);
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExchangeMetrics metrics = new ExchangeMetrics(registry);
    private final Path state;

    EvidenceStoreTest(@TempDir Path state) {
        this.state = state;
    }

    @Test
    void keep_beyondTheBound_onlyCounts_andLeavesRoomForOtherPartners() throws IOException {
        EvidenceStore store = store();
        for (int id = 0; id < EvidenceStore.FILES_MAX; id++) {
            store.keepReusedId(request("bank-2", id), request("bank-2", id));
        }
        // A restart begins no new count.
        EvidenceStore again = store();

        again.keepReusedId(request("bank-2", 1000), request("bank-2", 1000));
        again.keepReusedId(request("bank-3", 1000), request("bank-3", 1000));

        assertThat(files()).hasSize(EvidenceStore.FILES_MAX + 1);
        assertThat(files()).contains("bank-3-1000-ID_REUSED.json");
        assertThat(files()).doesNotContain("bank-2-1000-ID_REUSED.json");
        assertThat(
                        registry.scrape().stream()
                                .filter(
                                        metric ->
                                                metric.getMetadata()
                                                        .getName()
                                                        .equals(
                                                                "sealroom_agent_evidence_counted_only"))
                                .flatMap(metric -> metric.getDataPoints().stream()))
                .hasSize(1);
    }

    @Test
    void keep_theSameAgain_leavesTheFirst() throws IOException {
        EvidenceStore store = store();
        EvaluationRequest first = request("bank-2", 5);
        store.keepReusedId(first, first);
        String before = Files.readString(state.resolve("evidence/bank-2-5-ID_REUSED.json"));

        EvaluationRequest other = room.sign(first, "bank-2");
        store.keepReusedId(other, other);

        assertThat(Files.readString(state.resolve("evidence/bank-2-5-ID_REUSED.json")))
                .isEqualTo(before);
        assertThat(files()).hasSize(1);
    }

    private EvidenceStore store() throws IOException {
        return new EvidenceStore(state, room.policy(), room.roomKeys("bank-1"), metrics);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("evidence"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private EvaluationRequest request(String requester, long id) {
        return new EvaluationRequest(
                requester,
                "bank-1",
                room.policy().hash(),
                room.epoch(),
                id,
                List.of(),
                Bytes.of(new byte[65]));
    }
}
