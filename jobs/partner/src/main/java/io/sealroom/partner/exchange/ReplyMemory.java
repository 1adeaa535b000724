package io.sealroom.partner.exchange;

import io.sealroom.schemas.hash.Bytes32;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one requester has asked lately: an id is answered once, and the same question under it gets
 * the same answer. Bounded; ids that fell out are evicted for good. For one thread.
 */
final class ReplyMemory {

    /** More than a requester has under way at once; a full reply takes 34 kB. */
    static final int REMEMBERED_MAX = 32;

    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long highest = -1;

    /**
     * @param request struct hash of the request
     * @param reply encoded, once it is there
     */
    record Entry(Bytes32 request, CompletableFuture<byte[]> reply) {}

    /** The entry of an id, or null. */
    @Nullable Entry find(long requestId) {
        return entries.get(requestId);
    }

    /** Whether the id may be used for a new question. */
    boolean isNew(long requestId) {
        return requestId > highest;
    }

    /** Remembers a new question, and forgets the oldest beyond the bound. */
    Entry add(long requestId, Bytes32 request) {
        Entry entry = new Entry(request, new CompletableFuture<>());
        entries.put(requestId, entry);
        highest = requestId;
        if (entries.size() > REMEMBERED_MAX) {
            Map.Entry<Long, Entry> oldest = entries.firstEntry();
            entries.remove(oldest.getKey());
        }
        return entry;
    }
}
