package io.sealroom.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventComparisonTest {

    private static final EventIdKey IDS = new EventIdKey(SecretBytes.copyOf(new byte[32]));
    private static final RawEvent FIRST = new RawEvent("p-1", 1, 1_000, "view", "news", null);
    private static final RawEvent SECOND = new RawEvent("p-2", 2, 2_000, "conversion", null, 5L);

    private final Findings findings = new Findings();

    @Test
    void compare_everythingOnce_findsNothing() {
        compare(Set.of(), blinded(FIRST, 1), blinded(SECOND, 2));
        assertThat(findings.areNone()).isTrue();
    }

    @Test
    void compare_eventMissing_isLost() {
        compare(Set.of(), blinded(FIRST, 1));
        assertThat(findings.summary()).isEqualTo("lost 1, doubled 0, differing 0");
    }

    @Test
    void compare_missingEventRefusedByItsAgent_findsNothing() {
        compare(Set.of("p-2"), blinded(FIRST, 1));
        assertThat(findings.areNone()).isTrue();
    }

    @Test
    void compare_eventTwice_isDoubled() {
        compare(Set.of(), blinded(FIRST, 1), blinded(SECOND, 2), blinded(FIRST, 1));
        assertThat(findings.summary()).isEqualTo("lost 0, doubled 1, differing 0");
    }

    @Test
    void compare_eventThatNobodyWrote_differs() {
        RawEvent stranger = new RawEvent("p-3", 3, 3_000, "view", "news", null);
        compare(Set.of(), blinded(FIRST, 1), blinded(SECOND, 2), blinded(stranger, 3));
        assertThat(findings.summary()).isEqualTo("lost 0, doubled 0, differing 1");
    }

    @Test
    void compare_otherContent_differs() {
        RawEvent later = new RawEvent("p-1", 1, 1_001, "view", "news", null);
        compare(Set.of(), blinded(later, 1), blinded(SECOND, 2));
        assertThat(findings.summary()).isEqualTo("lost 0, doubled 0, differing 1");
    }

    @Test
    void compare_twoPersonsUnderOneToken_differs() {
        compare(Set.of(), blinded(FIRST, 1), blinded(SECOND, 1));
        assertThat(findings.summary()).isEqualTo("lost 0, doubled 0, differing 1");
    }

    @Test
    void compare_onePersonUnderTwoTokens_differs() {
        RawEvent again = new RawEvent("p-3", 1, 3_000, "click", "news", null);
        new EventComparison(findings)
                .compare(
                        "publisher",
                        IDS,
                        List.of(FIRST, again),
                        Set.of(),
                        List.of(blinded(FIRST, 1), blinded(again, 9)));
        assertThat(findings.summary()).isEqualTo("lost 0, doubled 0, differing 1");
    }

    private void compare(Set<String> refused, BlindedEvent... found) {
        new EventComparison(findings)
                .compare("publisher", IDS, List.of(FIRST, SECOND), refused, List.of(found));
    }

    private static BlindedEvent blinded(RawEvent raw, int token) {
        boolean exposure = raw.cell() != null;
        return new BlindedEvent(
                IDS.derive(raw.id()).orElseThrow(),
                0,
                IdentifierKind.EMAIL,
                List.of(Token.of(Digests.sha256(new byte[] {(byte) token}).toBytes())),
                exposure
                        ? EventKind.valueOf(raw.kind().toUpperCase(Locale.ROOT))
                        : EventKind.CONVERSION,
                raw.time(),
                raw.cell(),
                raw.value());
    }
}
