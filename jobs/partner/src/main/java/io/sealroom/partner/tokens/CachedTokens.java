package io.sealroom.partner.tokens;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Asks only for what is not in a cache, group by group, and keeps each group before the next: an
 * agent killed on the way, and started again, pays for one group twice at most.
 */
public final class CachedTokens implements TokenSource {

    /** 16 requests of 1024: a few seconds' work. */
    public static final int GROUP_SIZE = 16 * 1024;

    private final TokenCache cache;
    private final TokenSource source;
    private final int groupSize;

    public CachedTokens(TokenCache cache, TokenSource source) {
        this(cache, source, GROUP_SIZE);
    }

    CachedTokens(TokenCache cache, TokenSource source, int groupSize) {
        this.cache = cache;
        this.source = source;
        this.groupSize = groupSize;
    }

    @Override
    public Map<NormalisedIdentifier, Token> tokens(
            long epoch, List<NormalisedIdentifier> identifiers, IntConsumer progress)
            throws AgentException, InterruptedException {
        Map<NormalisedIdentifier, Token> tokens = new HashMap<>(cache.findAll(epoch, identifiers));
        if (!tokens.isEmpty()) {
            progress.accept(tokens.size());
        }
        List<NormalisedIdentifier> missing =
                identifiers.stream().filter(identifier -> !tokens.containsKey(identifier)).toList();
        for (int from = 0; from < missing.size(); from += groupSize) {
            int before = tokens.size();
            tokens.putAll(
                    ask(
                            epoch,
                            missing.subList(from, Math.min(missing.size(), from + groupSize)),
                            count -> progress.accept(before + count)));
        }
        return tokens;
    }

    /**
     * Asks for all of a group without a look into the cache, and keeps them before it returns.
     *
     * @param progress gets the number of tokens so far
     */
    public Map<NormalisedIdentifier, Token> ask(
            long epoch, List<NormalisedIdentifier> group, IntConsumer progress)
            throws AgentException, InterruptedException {
        Map<NormalisedIdentifier, Token> asked = source.tokens(epoch, List.copyOf(group), progress);
        try {
            cache.store(epoch, asked);
        } catch (IOException e) {
            throw AgentException.unavailable(
                    e, "tokens that the quota has paid for cannot be kept: %s", e);
        }
        return asked;
    }
}
