package io.sealroom.contracts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Blocks of at most one transaction each, and what waits for one. Not thread-safe. */
final class InMemoryBlocks {

    /** What a transaction does when it runs; throws {@link Revert} to undo itself. */
    interface Call extends Consumer<InMemoryTransaction> {}

    /** An event of a contract in its block. */
    record Recorded(Account emitter, ChainEvent event) {}

    /** A transaction that ran: its events, or why it failed. */
    record Mined(List<Recorded> events, Optional<ContractError> error) {}

    private record Waiting(Word transaction, Call call) {}

    private final List<Recorded> events = new ArrayList<>();
    private final Map<Word, Mined> mined = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long head;
    private long transactions;
    private long timeMillis;
    private boolean mining = true;

    long head() {
        return head;
    }

    List<Recorded> events() {
        return events;
    }

    Optional<Mined> mined(Word transaction) {
        return Optional.ofNullable(mined.get(transaction));
    }

    boolean isWaiting(Word transaction) {
        return waiting.stream().anyMatch(next -> next.transaction().equals(transaction));
    }

    /** What the call would do in the next block. */
    <T> T simulate(Function<InMemoryTransaction, T> call) {
        InMemoryTransaction transaction = new InMemoryTransaction(timeMillis);
        try {
            return call.apply(transaction);
        } finally {
            transaction.rollBack();
        }
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

    void setTime(long millis) {
        timeMillis = millis;
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
        InMemoryTransaction transaction = new InMemoryTransaction(timeMillis);
        Optional<ContractError> error = Optional.empty();
        try {
            next.call().accept(transaction);
        } catch (Revert revert) {
            transaction.rollBack();
            error = Optional.of(revert.error());
        }
        List<Recorded> logs = new ArrayList<>();
        for (InMemoryTransaction.Emitted emitted : transaction.emitted()) {
            ChainEvent.Position at =
                    new ChainEvent.Position(head, block, next.transaction(), logs.size());
            logs.add(new Recorded(emitted.emitter(), emitted.emission().apply(at)));
        }
        events.addAll(logs);
        mined.put(next.transaction(), new Mined(List.copyOf(logs), error));
    }
}
