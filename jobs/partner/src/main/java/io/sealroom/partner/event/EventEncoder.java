package io.sealroom.partner.event;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Events to records, and where they go. */
public final class EventEncoder {

    private final Policy policy;
    private final int partitions;

    /**
     * @param partitions of the partner's events topic
     */
    public EventEncoder(Policy policy, int partitions) {
        this.policy = policy;
        this.partitions = partitions;
    }

    /** The same event always goes to the same partition, so a restart finds it there. */
    public int partition(EventId eventId) {
        return (int) Long.remainderUnsigned(eventId.high(), partitions);
    }

    /**
     * The epochs whose token of the identifier the record carries, slot 0 first: the epoch of an
     * exposure; for a conversion the K before it too, as far as the room has them.
     */
    public List<Long> tokenEpochs(CheckedEvent event) {
        long epoch = policy.epochOf(event.eventTime());
        return LongStream.range(0, slots(event))
                .map(slot -> epoch - slot)
                .filter(wanted -> wanted >= policy.firstEpoch())
                .boxed()
                .toList();
    }

    /**
     * @param tokens of the event's identifier, one for each of {@link #tokenEpochs}
     * @throws IllegalArgumentException if there are more or fewer
     */
    public byte[] encode(CheckedEvent event, List<Token> tokens) {
        int wanted = tokenEpochs(event).size();
        if (tokens.size() != wanted) {
            throw new IllegalArgumentException(
                    String.format("tokens must be %d, got %d", wanted, tokens.size()));
        }
        List<Token> slots = new ArrayList<>(tokens);
        while (slots.size() < slots(event)) {
            // Before the room's first epoch nobody had a key.
            slots.add(Token.NONE);
        }
        return Codecs.BLINDED_EVENT.encode(
                new BlindedEvent(
                        event.eventId(),
                        policy.epochOf(event.eventTime()),
                        event.identifier().kind(),
                        slots,
                        event.kind(),
                        event.eventTime(),
                        event.cell(),
                        event.value()));
    }

    private int slots(CheckedEvent event) {
        return event.kind().isExposure() ? 1 : policy.lookbackEpochs() + 1;
    }
}
