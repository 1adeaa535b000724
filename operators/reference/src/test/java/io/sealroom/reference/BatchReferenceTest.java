package io.sealroom.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Hand-computed answers: the reference is what the operators are judged by, so it is judged by
 * hand.
 */
class BatchReferenceTest {

    private static final Policy POLICY = example();
    private static final long START = POLICY.startMillis();
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final QueryWindow OVERLAP_0 = new QueryWindow("email-overlap", START);
    private static final QueryWindow OVERLAP_1 = new QueryWindow("email-overlap", START + HOUR);
    private static final QueryWindow TOUCH_0 = new QueryWindow("email-last-touch", START);

    private final List<HistoryEvent> history = new ArrayList<>();

    private static Policy example() {
        return parse(text());
    }

    private static String text() {
        try (InputStream in =
                BatchReferenceTest.class.getResourceAsStream(
                        "/io/sealroom/schemas/example-policy.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Policy parse(String text) {
        try {
            return PolicyFile.parse(text);
        } catch (PolicyException e) {
            throw new IllegalStateException(e);
        }
    }

    private void event(
            String partner,
            String person,
            long id,
            EventKind kind,
            long time,
            @Nullable String cell,
            @Nullable Long value) {
        BlindedEvent event =
                new BlindedEvent(
                        new EventId(0, id),
                        POLICY.epochOf(time),
                        IdentifierKind.EMAIL,
                        List.of(Token.of(Digests.id(person).toBytes())),
                        kind,
                        time,
                        cell,
                        value);
        history.add(new HistoryEvent(partner, event, Digests.id(id + " " + value + cell)));
    }

    private void view(String person, long id, long time, String cell) {
        event("publisher", person, id, EventKind.VIEW, time, cell, null);
    }

    private void conversion(String person, long id, long time, long value) {
        event("advertiser", person, id, EventKind.CONVERSION, time, null, value);
    }

    private List<Long> rows(QueryWindow window) {
        return rows(POLICY, window);
    }

    private List<Long> rows(Policy policy, QueryWindow window) {
        return Objects.requireNonNull(BatchReference.totals(policy, history).get(window)).stream()
                .map(BigInteger::longValueExact)
                .toList();
    }

    @Test
    void totals_noEvents_everyWindowIsZero() {
        assertThat(BatchReference.totals(POLICY, history)).hasSize(6);
        assertThat(rows(OVERLAP_0)).containsOnly(0L).hasSize(6);
        assertThat(rows(TOUCH_0)).containsOnly(0L).hasSize(8);
    }

    @Test
    void totals_onePersonAtBoth_countsInTotalReachAndCell() {
        view("ann", 1, START, "sports");
        view("bob", 2, START, "news");
        conversion("ann", 3, START + 5 * MINUTE, 700);
        conversion("ann", 4, START + HOUR, 1);
        assertThat(rows(OVERLAP_0)).containsExactly(1L, 2L, 1L, 0L, 1L, 0L);
        assertThat(rows(OVERLAP_1)).containsExactly(0L, 0L, 1L, 0L, 0L, 0L);
        assertThat(rows(TOUCH_0)).containsExactly(0L, 0L, 1_000_000L, 700L, 0L, 0L, 0L, 0L);
    }

    @Test
    void totals_threeCells_onlyTheTwoSmallestCount() {
        view("ann", 1, START, "weather");
        view("ann", 2, START + 1, "sports");
        view("ann", 3, START + 2, "news");
        conversion("ann", 4, START + 3, 5);
        assertThat(rows(OVERLAP_0)).containsExactly(1L, 1L, 1L, 1L, 1L, 0L);
        assertThat(rows(TOUCH_0)).containsExactly(1_000_000L, 5L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void totals_touchAtConversionTime_isNotEligible() {
        view("ann", 1, START + 9, "news");
        conversion("ann", 2, START + 9, 5);
        assertThat(rows(TOUCH_0)).containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 1_000_000L, 5L);
    }

    @Test
    void totals_thirdConversionOfTwo_isCutAndValueIsClamped() {
        conversion("ann", 1, START, 30_000);
        conversion("ann", 2, START + 1, 2);
        conversion("ann", 3, START + 2, 4);
        assertThat(rows(TOUCH_0)).containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 2_000_000L, 20_002L);
    }

    @Test
    void totals_sameConversionAgainLater_isOneButSeenTwice() {
        conversion("ann", 1, START, 3);
        conversion("ann", 1, START + HOUR, 9);
        assertThat(rows(TOUCH_0)).containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 1_000_000L, 3L);
        assertThat(rows(OVERLAP_1)).containsExactly(0L, 0L, 1L, 0L, 0L, 0L);
    }

    @Test
    void totals_sameExposureInAnotherSlice_isTwo() {
        view("ann", 1, START, "news");
        view("ann", 1, START + 10 * MINUTE, "sports");
        conversion("ann", 2, START + 20 * MINUTE, 3);
        assertThat(rows(OVERLAP_0)).containsExactly(1L, 1L, 1L, 1L, 1L, 0L);
        assertThat(rows(TOUCH_0)).containsExactly(0L, 0L, 1_000_000L, 3L, 0L, 0L, 0L, 0L);
    }

    @Test
    void totals_moreEventsThanCountInASlice_theFirstCount() {
        conversion("ann", 1, START + 9, 5);
        for (int i = 0; i < 65_536; i++) {
            view("ann", 10 + i, START + 1, "news");
        }
        view("ann", 2, START + 2, "sports");
        view("ann", 3, START + 10 * MINUTE, "weather");
        assertThat(rows(OVERLAP_0)).containsExactly(1L, 1L, 1L, 1L, 0L, 1L);
        assertThat(rows(TOUCH_0)).containsExactly(1_000_000L, 5L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void totals_moreExposuresThanAnEpochTakes_laterOnesAreNoTouches() {
        for (int i = 0; i < 65_536; i++) {
            view("ann", 10 + i, START + i % 2 * 10L * MINUTE, "news");
        }
        view("ann", 2, START + 20 * MINUTE, "sports");
        conversion("ann", 1, START + 25 * MINUTE, 5);
        // Seen all the same: the overlap counts the later one's cell.
        assertThat(rows(OVERLAP_0)).containsExactly(1L, 1L, 1L, 1L, 1L, 0L);
        assertThat(rows(TOUCH_0)).containsExactly(1_000_000L, 5L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void totals_floodOfWhatNoQueryLooksAt_pushesNothingOut() {
        conversion("ann", 1, START + 9, 5);
        for (int i = 0; i < 65_536; i++) {
            event("publisher", "ann", 10 + i, EventKind.CONVERSION, START, null, 1L);
        }
        view("ann", 2, START + 2, "sports");
        String text = text();
        int overlap = text.indexOf("  - name: email-overlap");
        Policy attributionOnly =
                parse(
                        text.substring(0, overlap)
                                + text.substring(text.indexOf("  - name: email-last-touch")));
        assertThat(rows(POLICY, TOUCH_0)).containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 1_000_000L, 5L);
        assertThat(rows(attributionOnly, TOUCH_0))
                .containsExactly(0L, 0L, 1_000_000L, 5L, 0L, 0L, 0L, 0L);
    }

    @Test
    void totals_floodOfOwnExposures_pushesConversionsOutWithoutLookBackOnly() {
        conversion("ann", 1, START + 9, 5);
        for (int i = 0; i < 65_536; i++) {
            event("advertiser", "ann", 10 + i, EventKind.VIEW, START, "news", null);
        }
        Policy lookingBack = parse("lookbackEpochs: 1\n" + text());
        assertThat(rows(POLICY, TOUCH_0)).containsOnly(0L);
        assertThat(rows(lookingBack, TOUCH_0))
                .containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 1_000_000L, 5L);
    }

    @Test
    void totals_eventOutsideTheRoom_isRefused() {
        view("ann", 1, START - 1, "news");
        assertThatThrownBy(() -> BatchReference.totals(POLICY, history))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
