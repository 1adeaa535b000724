package io.sealroom.contracts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One offer on its way to a room of an {@link InMemoryChain}, as {@link Publication} does it. */
final class InMemoryPublication implements RoomRecords {

    private final InMemoryChain chain;
    private final InMemoryContract contract;
    private final WindowOffer offer;
    private final Outcomes outcomes;

    InMemoryPublication(InMemoryChain chain, InMemoryContract contract, WindowOffer offer) {
        this.chain = chain;
        this.contract = contract;
        this.offer = offer;
        this.outcomes = new Outcomes(this, offer);
    }

    Submission submit(Runnable check, boolean replace) {
        try {
            return chain.ask(check, () -> submit(replace));
        } catch (IOException e) {
            return new Submission.Settled(away());
        }
    }

    private Submission submit(boolean replace) throws IOException {
        if (replace) {
            chain.blocks().dropOldest();
        }
        Optional<List<PublishOutcome>> known = simulate();
        return known.isPresent()
                ? new Submission.Settled(known.get())
                : new Submission.Sent(chain.blocks().send(tx -> contract.publish(tx, offer)));
    }

    private Optional<List<PublishOutcome>> simulate() throws IOException {
        try {
            return outcomes.ofSimulation(
                    chain.blocks().simulate(tx -> contract.publish(tx, offer)));
        } catch (Revert revert) {
            return Optional.of(outcomes.ofRevert(revert.error()));
        }
    }

    List<PublishOutcome> outcome(Runnable check, Word transaction) {
        try {
            return chain.ask(check, () -> outcome(transaction));
        } catch (IOException e) {
            return away();
        }
    }

    private List<PublishOutcome> outcome(Word transaction) throws IOException {
        Optional<InMemoryBlocks.Mined> mined = chain.blocks().mined(transaction);
        if (mined.isPresent()) {
            return mined.get().error().isPresent()
                    ? simulate().orElseGet(() -> outcomes.retry(RetryCause.NOT_SENT, "reverted"))
                    : outcomes.ofLogs(ownEvents(mined.get()));
        }
        Optional<List<PublishOutcome>> standing = outcomes.standing();
        return standing.isPresent() && !chain.blocks().isWaiting(transaction)
                ? standing.get()
                : outcomes.retry(RetryCause.NOT_MINED, "not in a block yet");
    }

    private static List<RoomEvent> ownEvents(InMemoryBlocks.Mined mined) {
        List<RoomEvent> events = new ArrayList<>();
        for (InMemoryBlocks.Recorded recorded : mined.events()) {
            if (recorded.event() instanceof RoomEvent event) {
                events.add(event);
            }
        }
        return events;
    }

    private List<PublishOutcome> away() {
        return outcomes.retry(RetryCause.ENDPOINT_AWAY, "endpoint is away");
    }

    // Records. All events are at hand here: which of them are meant is for the asker to see.

    @Override
    public Optional<Word> releaseHash(Word query, long start) {
        return contract.releaseHash(query, start);
    }

    @Override
    public Optional<Word> totalsHash(long start, long end) {
        return contract.totalsHash(start, end);
    }

    @Override
    public List<RoomEvent> conflicts(Word query, long start) {
        return events();
    }

    @Override
    public List<RoomEvent> withheld(Word query, long start) {
        return events();
    }

    @Override
    public List<RoomEvent> totalsConflicts(long start, long end) {
        return events();
    }

    private List<RoomEvent> events() {
        return chain.roomEvents(contract.plan().contract(), 0, Long.MAX_VALUE);
    }
}
