package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Token;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.TokenKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event suits the policy and its partition's progress. Pure.
 *
 * <p>The first fault decides, in the order in which {@link RejectReason} lists them: epoch, number
 * of tokens, zero token, room, late, too early, cell, value. An event exactly at the end of the
 * last seal is not late, one exactly {@code maxAhead} beyond it is not too early.
 */
public final class EventRules {

    private final Policy policy;
    private final int partner;
    private final Map<String, Integer> cells = new HashMap<>();

    public EventRules(PartnerTopic topic) {
        policy = topic.policy();
        partner = topic.index();
        policy.cells().forEach(cell -> cells.put(cell, cells.size()));
    }

    /** Why the event is refused; nothing if it is admitted. */
    public Optional<RejectReason> refusal(BlindedEvent event, PartitionProgress progress) {
        Optional<RejectReason> fault = tokens(event);
        if (fault.isEmpty()) {
            fault = time(event.eventTime(), progress.sealedUntil());
        }
        if (fault.isEmpty()) {
            fault = event.kind().isExposure() ? exposure(event) : conversion(event);
        }
        return fault;
    }

    /**
     * The event as the stages know it.
     *
     * @param event one that is not refused
     * @param recordHash SHA-256 of the record's bytes
     */
    public AdmittedEvent admitted(BlindedEvent event, Bytes32 recordHash) {
        String cell = event.cell();
        Long value = event.value();
        return new AdmittedEvent(
                partner,
                TokenKey.of(event.identifierKind(), event.tokens().get(0)),
                event.eventId(),
                event.kind(),
                event.eventTime(),
                cell == null ? -1 : cells.getOrDefault(cell, -1),
                value == null ? 0 : value,
                recordHash);
    }

    /** The slot-1 token of an event that is not refused; null if it has none or it is empty. */
    public @Nullable TokenKey older(BlindedEvent event) {
        if (event.tokens().size() == 1 || event.tokens().get(1).equals(Token.NONE)) {
            return null;
        }
        return TokenKey.of(event.identifierKind(), event.tokens().get(1));
    }

    private Optional<RejectReason> tokens(BlindedEvent event) {
        if (event.epoch() != policy.epochOf(event.eventTime())) {
            return Optional.of(RejectReason.WRONG_EPOCH);
        }
        int slots = event.kind().isExposure() ? 1 : policy.lookbackEpochs() + 1;
        if (event.tokens().size() != slots) {
            return Optional.of(RejectReason.WRONG_TOKEN_COUNT);
        }
        return event.tokens().get(0).equals(Token.NONE)
                ? Optional.of(RejectReason.ZERO_TOKEN)
                : Optional.empty();
    }

    private Optional<RejectReason> time(long time, long sealedUntil) {
        if (time < policy.startMillis() || time >= policy.endMillis()) {
            return Optional.of(RejectReason.OUTSIDE_ROOM);
        }
        if (time < sealedUntil) {
            return Optional.of(RejectReason.LATE);
        }
        // Both lie within the room: the difference does not overflow.
        return time - sealedUntil > policy.maxAheadMillis()
                ? Optional.of(RejectReason.TOO_EARLY)
                : Optional.empty();
    }

    private Optional<RejectReason> exposure(BlindedEvent event) {
        if (event.cell() == null || !cells.containsKey(event.cell())) {
            return Optional.of(RejectReason.UNKNOWN_CELL);
        }
        return event.value() != null
                ? Optional.of(RejectReason.VALUE_ON_EXPOSURE)
                : Optional.empty();
    }

    private static Optional<RejectReason> conversion(BlindedEvent event) {
        if (event.cell() != null) {
            return Optional.of(RejectReason.CELL_ON_CONVERSION);
        }
        Long value = event.value();
        if (value == null) {
            return Optional.of(RejectReason.MISSING_VALUE);
        }
        return value < 0 ? Optional.of(RejectReason.NEGATIVE_VALUE) : Optional.empty();
    }
}
