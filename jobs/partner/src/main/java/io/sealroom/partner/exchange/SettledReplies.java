package io.sealroom.partner.exchange;

import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest questions that a signed reply has settled, so that a second reply which says otherwise
 * is seen. Bounded for each evaluator. For one thread.
 */
final class SettledReplies {

    /** Two full batches are 70 kB. */
    static final int REMEMBERED_MAX = 16;

    private final Map<String, Latest> byEvaluator = new HashMap<>();

    /**
     * @param request whose answer it is
     * @param reply signed and bound to the request
     */
    record Settled(EvaluationRequest request, EvaluationReply reply) {}

    private static final class Latest extends LinkedHashMap<Long, Settled> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Settled> eldest) {
            return size() > REMEMBERED_MAX;
        }
    }

    void add(EvaluationRequest request, EvaluationReply reply) {
        byEvaluator
                .computeIfAbsent(request.evaluator(), name -> new Latest())
                .put(request.requestId(), new Settled(request, reply));
    }

    Optional<Settled> find(String evaluator, long requestId) {
        Latest latest = byEvaluator.get(evaluator);
        return latest == null ? Optional.empty() : Optional.ofNullable(latest.get(requestId));
    }
}
