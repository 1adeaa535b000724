package io.sealroom.contracts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Blocks of at most one transaction each, and what waits for one. Not thread-safe. */
final class InMemoryBlocks {

    /** What a transaction does when it runs; throws {@link Revert} to undo itself. */
    interface Call extends Supplier<List<InMemoryContract.Emission>> {}

    /** A transaction that ran: its events, or why it failed. */
    record Mined(List<RoomEvent> events, Optional<ContractError> error) {}

    private record Waiting(Word transaction, Call call) {}

    private final List<RoomEvent> events = new ArrayList<>();
    private final Map<Word, Mined> mined = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long head;
    private long transactions;
    private boolean mining = true;

    long head() {
        return head;
    }

    List<RoomEvent> events() {
        return events;
    }

    Optional<Mined> mined(Word transaction) {
        return Optional.ofNullable(mined.get(transaction));
    }

    boolean isWaiting(Word transaction) {
        return waiting.stream().anyMatch(next -> next.transaction().equals(transaction));
    }

    /** Runs the call in the next block, now or when mining goes on. */
    Word send(Call call) {
        Word transaction = RoomDigests.id("transaction/" + transactions++);
        waiting.add(new Waiting(transaction, call));
        if (mining) {
            runWaiting();
        }
        return transaction;
    }

    void setMining(boolean value) {
        mining = value;
        if (mining) {
            runWaiting();
        }
    }

    void mine(int blocks) {
        head += blocks;
    }

    void dropWaiting() {
        waiting.clear();
    }

    void dropOldest() {
        if (!waiting.isEmpty()) {
            waiting.remove(0);
        }
    }

    private void runWaiting() {
        waiting.forEach(this::run);
        waiting.clear();
    }

    private void run(Waiting next) {
        head++;
        Word block = RoomDigests.id("block/" + head);
        List<RoomEvent> logs = new ArrayList<>();
        Optional<ContractError> error = Optional.empty();
        try {
            for (InMemoryContract.Emission emission : next.call().get()) {
                logs.add(
                        emission.apply(
                                new RoomEvent.Position(
                                        head, block, next.transaction(), logs.size())));
            }
        } catch (Revert revert) {
            error = Optional.of(revert.error());
        }
        events.addAll(logs);
        mined.put(next.transaction(), new Mined(List.copyOf(logs), error));
    }
}
