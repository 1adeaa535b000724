package io.sealroom.partner.tokens;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.util.concurrent.CompletableFuture;

/** Gives one token at a time, while events come in. */
public interface LiveTokenSource {

    /**
     * The token of an identifier in an epoch: at once if it is cached, else when all partners have
     * answered, however long one of them is away. Never waits itself.
     *
     * @return fails with a {@code PartnerRefusesException} if a partner refuses under its
     *     signature, with an {@link EpochEndedException} if nobody evaluates for the epoch any
     *     more, and with another exception if it is to be asked for again
     */
    CompletableFuture<Token> token(long epoch, NormalisedIdentifier identifier);
}
