package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPlanTest {

    @Test
    void split_lastBatch_isPaddedToAPowerOfTwoOfAtLeast64() {
        assertThat(sizes(1, 1024)).containsExactly(64);
        assertThat(sizes(64, 1024)).containsExactly(64);
        assertThat(sizes(65, 1024)).containsExactly(128);
        assertThat(sizes(1024, 1024)).containsExactly(1024);
        assertThat(sizes(1025, 1024)).containsExactly(1024, 64);
        assertThat(sizes(1024 + 600, 1024)).containsExactly(1024, 1024);
    }

    @Test
    void split_smallOrUnevenBatches_areNeverLargerThanABatch() {
        assertThat(sizes(5, 4)).containsExactly(4, 4);
        assertThat(sizes(70, 100)).containsExactly(100);
    }

    @Test
    void split_nothing_asksNothing() {
        assertThat(sizes(0, 1024)).isEmpty();
    }

    @Test
    void split_keepsEveryIdentifierOnce() {
        List<NormalisedIdentifier> identifiers = identifiers(10);

        assertThat(BatchPlan.split(identifiers, 4))
                .flatExtracting(BatchPlan::identifiers)
                .containsExactlyElementsOf(identifiers);
    }

    private static List<Integer> sizes(int count, int batchSize) {
        return BatchPlan.split(identifiers(count), batchSize).stream()
                .map(BatchPlan::size)
                .toList();
    }

    private static List<NormalisedIdentifier> identifiers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ExchangeRoom.email("p" + i + "@example.org"))
                .toList();
    }

    @Test
    void elements_ofAnyNumber_isTheSumOfItsBatches() {
        for (int count = 0; count < 300; count++) {
            assertThat(BatchPlan.elements(count, 100))
                    .isEqualTo(sizes(count, 100).stream().mapToLong(Integer::longValue).sum());
        }
    }
}
