package io.sealroom.partner.exchange;

import io.sealroom.schemas.record.EvaluationRequest;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * One requester's latest requests and their replies, so that the same question gets the same bytes.
 * Gone after a restart: the {@link QuotaLedger} decides, this saves work. For one thread.
 */
final class ReplyMemory {

    private final TreeMap<Long, Entry> entries = new TreeMap<>();

    /**
     * @param request as decided on
     * @param reply encoded, once it is there; about 34 kB for a full batch
     */
    record Entry(EvaluationRequest request, CompletableFuture<byte[]> reply) {}

    Optional<Entry> find(long requestId) {
        return Optional.ofNullable(entries.get(requestId));
    }

    /** Remembers as many as the ledger does, those with the highest ids. */
    void add(EvaluationRequest request, CompletableFuture<byte[]> reply) {
        entries.put(request.requestId(), new Entry(request, reply));
        if (entries.size() > QuotaState.REMEMBERED_MAX) {
            entries.pollFirstEntry();
        }
    }
}
