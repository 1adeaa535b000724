package io.sealroom.partner.exchange;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.ReplyStatus;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one requester has had of one evaluator.
 *
 * @param epoch wall-clock epoch of the evaluator that {@code used} counts in
 * @param used elements charged in it
 * @param highest id decided on; -1 before the first
 * @param decisions the latest ones by id, at most {@link #REMEMBERED_MAX}
 */
record QuotaState(long epoch, long used, long highest, SortedMap<Long, Decision> decisions) {

    /** More than a requester has under way at once. */
    static final int REMEMBERED_MAX = 32;

    static final QuotaState EMPTY = new QuotaState(Long.MIN_VALUE, 0, -1, new TreeMap<>());

    /**
     * @param request struct hash of the request that took the id
     * @param status what it is answered, whatever comes later
     */
    record Decision(Bytes32 request, ReplyStatus status) {}

    QuotaState {
        decisions = Collections.unmodifiableSortedMap(new TreeMap<>(decisions));
    }

    Optional<Decision> find(long requestId) {
        return Optional.ofNullable(decisions.get(requestId));
    }

    /** Whether the id may be used for a new question: those that fell out stay refused. */
    boolean isNew(long requestId) {
        return requestId > highest;
    }

    /** In the clock's epoch. A clock that was set back must not give a used quota anew. */
    QuotaState at(long wallEpoch) {
        return wallEpoch > epoch ? new QuotaState(wallEpoch, 0, highest, decisions) : this;
    }

    boolean affords(int elements, long quota) {
        return elements <= quota - used;
    }

    /**
     * With one more decision.
     *
     * @param charge elements; 0 for a refusal
     */
    QuotaState decided(long requestId, Decision decision, int charge) {
        SortedMap<Long, Decision> latest = new TreeMap<>(decisions);
        latest.put(requestId, decision);
        if (latest.size() > REMEMBERED_MAX) {
            latest.remove(latest.firstKey());
        }
        return new QuotaState(epoch, used + charge, requestId, latest);
    }
}
