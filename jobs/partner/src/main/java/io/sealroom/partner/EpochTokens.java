package io.sealroom.partner;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.tokens.TokenSource;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tokens of one epoch at a time: those of an epoch are asked for when its first event is to be
 * sent, and forgotten with the next.
 */
final class EpochTokens {

    private final Map<Long, Set<NormalisedIdentifier>> wanted;
    private final TokenSource source;
    private final SealClock clock;
    private final RunObserver observer;
    private final long total;
    private long done;
    private long epoch = Long.MIN_VALUE;
    private Map<NormalisedIdentifier, Token> tokens = Map.of();

    /**
     * @param wanted distinct identifiers by epoch
     */
    EpochTokens(
            Map<Long, Set<NormalisedIdentifier>> wanted,
            TokenSource source,
            SealClock clock,
            RunObserver observer) {
        this.wanted = wanted;
        this.source = source;
        this.clock = clock;
        this.observer = observer;
        this.total = wanted.values().stream().mapToLong(Set::size).sum();
    }

    /** Tokens of all identifiers of an epoch; epochs are asked for in rising order. */
    Map<NormalisedIdentifier, Token> of(long wantedEpoch)
            throws AgentException, InterruptedException {
        if (wantedEpoch != epoch) {
            List<NormalisedIdentifier> identifiers =
                    List.copyOf(wanted.getOrDefault(wantedEpoch, Set.of()));
            if (!identifiers.isEmpty()) {
                clock.awaitTokens(wantedEpoch);
            }
            long before = done;
            tokens =
                    source.tokens(
                            wantedEpoch,
                            identifiers,
                            count -> observer.tokenised(before + count, total));
            done = before + identifiers.size();
            epoch = wantedEpoch;
        }
        return tokens;
    }
}
