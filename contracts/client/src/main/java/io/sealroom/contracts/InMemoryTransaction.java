package io.sealroom.contracts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transaction as it runs: what it has emitted, and how to undo what it has done. */
final class InMemoryTransaction {

    /** An event that does not know its place in the chain yet. */
    interface Emission extends Function<ChainEvent.Position, ChainEvent> {}

    /**
     * An event of a contract.
     *
     * @param emitter the contract
     */
    record Emitted(Account emitter, Emission emission) {}

    private final long timeMillis;
    private final List<Emitted> emitted = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();

    InMemoryTransaction(long timeMillis) {
        this.timeMillis = timeMillis;
    }

    /** Time of its block. */
    long timeMillis() {
        return timeMillis;
    }

    List<Emitted> emitted() {
        return emitted;
    }

    void emit(Account emitter, Emission emission) {
        emitted.add(new Emitted(emitter, emission));
    }

    <K, V> void put(Map<K, V> map, K key, V value) {
        @Nullable V before = map.put(key, value);
        undo.push(
                () -> {
                    if (before == null) {
                        map.remove(key);
                    } else {
                        map.put(key, before);
                    }
                });
    }

    /** As if it had not run. */
    void rollBack() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
        emitted.clear();
    }
}
