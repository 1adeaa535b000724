package io.sealroom.streaming.testing;

import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of people with names. A person's token is a hash of epoch, identifier kind and name: the
 * same for all partners, as the OPRF's would be.
 */
public final class TestingEvents {

    private final Policy policy;

    public TestingEvents(Policy policy) {
        this.policy = policy;
    }

    /** A view by a person's EMAIL; the event id follows from the other arguments. */
    public BlindedEvent view(String person, long time, String cell) {
        return event(person, EventKind.VIEW, time, cell, null);
    }

    /** A click by a person's EMAIL. */
    public BlindedEvent click(String person, long time, String cell) {
        return event(person, EventKind.CLICK, time, cell, null);
    }

    /** A conversion by a person's EMAIL. */
    public BlindedEvent conversion(String person, long time, long value) {
        return event(person, EventKind.CONVERSION, time, null, value);
    }

    /** The token of a person in the epoch that holds {@code time}. */
    public Token token(IdentifierKind kind, String person, long time) {
        return Token.of(
                Digests.sha256Lp(
                                Lp.text("testing token"),
                                Lp.u64(policy.epochOf(time)),
                                Lp.text(kind.name()),
                                Lp.text(person))
                        .toBytes());
    }

    /** An event with every field free; valid or not. */
    public BlindedEvent event(
            String person, EventKind kind, long time, @Nullable String cell, @Nullable Long value) {
        byte[] id =
                Digests.sha256Lp(
                                Lp.text("testing event"),
                                Lp.text(person),
                                Lp.text(kind.name()),
                                Lp.u64(time))
                        .toBytes();
        return new BlindedEvent(
                EventId.of(Arrays.copyOf(id, EventId.LENGTH)),
                policy.epochOf(time),
                IdentifierKind.EMAIL,
                List.of(token(IdentifierKind.EMAIL, person, time)),
                kind,
                time,
                cell,
                value);
    }
}
