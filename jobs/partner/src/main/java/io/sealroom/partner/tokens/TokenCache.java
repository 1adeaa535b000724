package io.sealroom.partner.tokens;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that were paid for once, by epoch. What is missing can always be asked for again, so a
 * cache may forget, but never gives a token that was not stored for just this identifier and epoch.
 * Safe for use by several threads.
 */
public interface TokenCache {

    /** Those that are there. */
    Map<NormalisedIdentifier, Token> findAll(
            long epoch, Collection<NormalisedIdentifier> identifiers);

    default Optional<Token> find(long epoch, NormalisedIdentifier identifier) {
        return Optional.ofNullable(findAll(epoch, List.of(identifier)).get(identifier));
    }

    /**
     * Returns when the tokens are as safe as this cache keeps them.
     *
     * @throws IOException if they could not be kept; they are good tokens still
     */
    void store(long epoch, Map<NormalisedIdentifier, Token> tokens) throws IOException;

    /** Drops all earlier epochs. */
    void forgetBefore(long epoch);
}
