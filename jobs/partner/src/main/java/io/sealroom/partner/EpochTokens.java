package io.sealroom.partner;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.tokens.TokenSource;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tokens of few epochs at a time: those of an epoch are asked for when the first event that needs
 * them is to be sent, and forgotten when no later one can.
 */
final class EpochTokens {

    private final Map<Long, Set<NormalisedIdentifier>> wanted;
    private final TokenSource source;
    private final SealClock clock;
    private final RunObserver observer;
    private final long total;
    private final int lookbackEpochs;
    private final NavigableMap<Long, Map<NormalisedIdentifier, Token>> tokens = new TreeMap<>();
    private long done;

    /**
     * @param wanted distinct identifiers by epoch
     * @param lookbackEpochs K: how many epochs before its own an event may need
     */
    EpochTokens(
            Map<Long, Set<NormalisedIdentifier>> wanted,
            int lookbackEpochs,
            TokenSource source,
            SealClock clock,
            RunObserver observer) {
        this.wanted = wanted;
        this.lookbackEpochs = lookbackEpochs;
        this.source = source;
        this.clock = clock;
        this.observer = observer;
        this.total = wanted.values().stream().mapToLong(Set::size).sum();
    }

    /** Tokens of all identifiers of an epoch; events, and so epochs, come in rising order. */
    Map<NormalisedIdentifier, Token> of(long epoch) throws AgentException, InterruptedException {
        Map<NormalisedIdentifier, Token> known = tokens.get(epoch);
        return known == null ? ask(epoch) : known;
    }

    private Map<NormalisedIdentifier, Token> ask(long epoch)
            throws AgentException, InterruptedException {
        List<NormalisedIdentifier> identifiers = List.copyOf(wanted.getOrDefault(epoch, Set.of()));
        if (!identifiers.isEmpty()) {
            clock.awaitTokens(epoch);
        }
        long before = done;
        Map<NormalisedIdentifier, Token> found =
                source.tokens(
                        epoch, identifiers, count -> observer.tokenised(before + count, total));
        done = before + identifiers.size();
        tokens.put(epoch, found);
        tokens.headMap(epoch - lookbackEpochs).clear();
        return found;
    }
}
