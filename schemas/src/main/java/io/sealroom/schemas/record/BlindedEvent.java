package io.sealroom.schemas.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exposure or conversion under a blinded identifier, as it stands on a partner's events topic.
 * The fields are as decoded: whether they suit the policy is decided at admission.
 *
 * @param eventId names the event within its partner
 * @param epoch index of the key and budget period of the event time
 * @param identifierKind kind of the identifier under the tokens
 * @param tokens one for an exposure; K + 1 for a conversion, slot j of epoch e - j
 * @param kind view, click or conversion
 * @param eventTime epoch milliseconds
 * @param cell breakdown key of the policy; null for conversions
 * @param value minor units; null for exposures
 */
public record BlindedEvent(
        EventId eventId,
        long epoch,
        IdentifierKind identifierKind,
        List<Token> tokens,
        EventKind kind,
        long eventTime,
        @Nullable String cell,
        @Nullable Long value) {

    /** More tokens than any version of the protocol has slots. */
    public static final int TOKENS_MAX = 2;

    /** Longest cell name, in UTF-8 bytes. */
    public static final int CELL_BYTES_MAX = 64;

    public BlindedEvent {
        tokens = List.copyOf(tokens);
    }

    /** Without tokens, cell and value: what may stand in a log. */
    @Override
    public String toString() {
        return "BlindedEvent[" + identifierKind + " " + kind + " epoch " + epoch + "]";
    }
}
