package io.sealroom.partner.tokens;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.util.List;
import java.util.Map;

/** Asks for one batch of a fixed size. */
public interface BatchTokens {

    /**
     * Sends one request of exactly {@code size} elements to every other partner and waits for the
     * answers, however long one of them is away. What the identifiers leave free is filled with
     * random elements. An evaluator must not be able to tell these from others, by the elements or
     * by when they come: making and unblinding them must take the time of real ones, since the next
     * batch waits for it.
     *
     * @param identifiers distinct, at most {@code size}, may be none
     * @return the tokens of {@code identifiers} and of nothing else
     * @throws AgentException if a partner refuses
     */
    Map<NormalisedIdentifier, Token> batch(
            long epoch, List<NormalisedIdentifier> identifiers, int size)
            throws AgentException, InterruptedException;
}
