package io.sealroom.streaming.history;

import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.flow.TotalKey;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a computation gave, over all its lives. The same may come again after a restart; anything
 * else of the same key is a fault.
 */
final class Outcome {

    private final Map<ByteBuffer, ByteBuffer> pending = new HashMap<>();
    private final Map<String, Withheld> withheld = new HashMap<>();
    private final Map<TotalKey, BigInteger> totals = new HashMap<>();
    private final Set<Reject> rejects = new HashSet<>();

    void add(PendingRecord record) {
        put(pending, ByteBuffer.wrap(record.key()), ByteBuffer.wrap(record.value()));
    }

    void add(Withheld window) {
        put(withheld, window.query() + " at " + window.start(), window);
    }

    void add(ExactTotal total) {
        put(totals, new TotalKey(total.query(), total.windowStart(), total.row()), total.total());
    }

    void add(Reject reject) {
        rejects.add(reject);
    }

    private static <K, V> void put(Map<K, V> map, K key, V value) {
        V before = map.putIfAbsent(key, value);
        if (before != null && !before.equals(value)) {
            throw new AssertionError(
                    String.format(
                            "came twice and differs: %s, first %s, then %s", key, before, value));
        }
    }

    /** Windows that are released or will never be. */
    int windows() {
        return pending.size() + withheld.size();
    }

    /** Bytes of the pending releases by record key. */
    Map<ByteBuffer, ByteBuffer> pending() {
        return pending;
    }

    /** Windows that are never released, by query and start. */
    Map<String, Withheld> withheld() {
        return withheld;
    }

    /** Exact totals that are not zero, before noise. */
    Map<TotalKey, BigInteger> totals() {
        return totals;
    }

    Set<Reject> rejects() {
        return rejects;
    }
}
