package io.sealroom.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.tokens.TokenSource;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EpochTokensTest {

    private final NormalisedIdentifier ann = identifier("ann@example.org");
    private final NormalisedIdentifier bob = identifier("bob@example.org");
    private final Map<Long, Set<NormalisedIdentifier>> wanted =
            Map.of(5L, Set.of(ann, bob), 6L, Set.of(bob), 7L, Set.of(ann));
    private final List<Long> asked = new ArrayList<>();
    private final List<Long> progress = new ArrayList<>();
    private final TokenSource source =
            (epoch, identifiers, done) -> {
                asked.add(epoch);
                Map<NormalisedIdentifier, Token> tokens = new HashMap<>();
                identifiers.forEach(one -> tokens.put(one, new Token(epoch, 0, 0, 0)));
                done.accept(identifiers.size());
                return tokens;
            };

    @Test
    void of_withoutLookback_keepsOneEpoch() throws Exception {
        EpochTokens tokens = tokens(0);

        assertThat(tokens.of(5).keySet()).containsExactlyInAnyOrder(ann, bob);
        assertThat(tokens.of(5).get(ann)).isEqualTo(new Token(5, 0, 0, 0));
        assertThat(tokens.of(6).keySet()).containsExactly(bob);
        assertThat(tokens.of(5)).hasSize(2);

        assertThat(asked).containsExactly(5L, 6L, 5L);
    }

    @Test
    void of_withLookback_keepsTheEpochBeforeToo() throws Exception {
        EpochTokens tokens = tokens(1);
        // As conversions ask: slot 0 first.
        for (long epoch : new long[] {5, 6, 5, 6, 5, 7, 6}) {
            assertThat(tokens.of(epoch).keySet()).isEqualTo(wanted.get(epoch));
        }

        assertThat(asked).containsExactly(5L, 6L, 7L);
        assertThat(progress).containsExactly(2L, 3L, 4L);
    }

    @Test
    void of_epochNobodyWants_isEmpty() throws Exception {
        assertThat(tokens(0).of(9)).isEmpty();
    }

    private EpochTokens tokens(int lookbackEpochs) {
        SealClock clock = new SealClock(TestRoom.file("test-room").policy(), Clock.systemUTC());
        return new EpochTokens(
                wanted,
                lookbackEpochs,
                source,
                clock,
                new RunObserver() {
                    @Override
                    public void tokenised(long done, long total) {
                        progress.add(done);
                        assertThat(total).isEqualTo(4);
                    }
                });
    }

    private static NormalisedIdentifier identifier(String text) {
        NormalisationOutcome outcome =
                IdentifierNormaliser.forRegion("US").normalise(IdentifierKind.EMAIL, text);
        return ((NormalisationOutcome.Normalised) outcome).identifier();
    }
}
