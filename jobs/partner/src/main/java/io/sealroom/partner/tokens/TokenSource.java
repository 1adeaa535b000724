package io.sealroom.partner.tokens;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Gives tokens of many identifiers at once, and waits until all are there. */
public interface TokenSource {

    /**
     * Tokens of one epoch.
     *
     * @param identifiers distinct
     * @param progress gets the number of tokens so far
     * @throws AgentException if a partner refuses, or the epoch has no keys
     */
    Map<NormalisedIdentifier, Token> tokens(
            long epoch, List<NormalisedIdentifier> identifiers, IntConsumer progress)
            throws AgentException, InterruptedException;
}
