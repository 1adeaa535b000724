package io.sealroom.streaming.publish;

import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.ReleaseEvidence;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.ReleasedRow;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.Submission;
import io.sealroom.contracts.TotalsOffer;
import io.sealroom.contracts.WindowOffer;
import io.sealroom.contracts.Word;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A room that answers as a test tells it to, and can let a caller wait. */
final class TestingRoom implements RoomContract {

    static final Word TRANSACTION = new Word(1, 2, 3, 4);

    /** Answers to {@link #submit} and {@link #outcome}, in order. */
    final Deque<Object> answers = new ArrayDeque<>();

    /** How often events cannot be read before they can. */
    final AtomicInteger unreadable = new AtomicInteger();

    volatile long head;
    volatile long finalBlock;
    volatile boolean headAway;
    volatile CountDownLatch answering = new CountDownLatch(0);
    final CountDownLatch asked = new CountDownLatch(1);

    @Override
    public RoomLocation location() {
        return Words.location(TestRoom.IDENTITY);
    }

    @Override
    public Submission submit(WindowOffer offer) {
        asked.countDown();
        try {
            answering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return (Submission) answers.remove();
    }

    @Override
    public Submission resubmit(WindowOffer offer) {
        return submit(offer);
    }

    @Override
    public List<PublishOutcome> outcome(WindowOffer offer, Word transaction) {
        return ((Submission.Settled) answers.remove()).outcomes();
    }

    @Override
    public List<PublishOutcome> publish(WindowOffer offer) {
        return ((Submission.Settled) answers.remove()).outcomes();
    }

    @Override
    public long headBlock() throws IOException {
        if (headAway) {
            throw new IOException("away");
        }
        return head;
    }

    @Override
    public long finalBlock() {
        return finalBlock;
    }

    @Override
    public void verify() {}

    @Override
    public Word configurationHash() {
        return Word.ZERO;
    }

    @Override
    public boolean approved() {
        return true;
    }

    @Override
    public boolean active() {
        return true;
    }

    @Override
    public Optional<Word> keysCommitment(int partnerIndex) {
        return Optional.empty();
    }

    @Override
    public boolean revealed(int partnerIndex) {
        return true;
    }

    @Override
    public long closesAt() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean charged(Word query, long epoch) {
        return true;
    }

    @Override
    public ActionOutcome approve(int partnerIndex, Word keys, Signature signature) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ActionOutcome reveal(int partnerIndex, List<EpochKey> keys, List<KeyProof> proofs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ActionOutcome leaveFrom(int partnerIndex, long epoch, Signature signature) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ActionOutcome proveTotalsEquivocation(
            int partnerIndex, long start, long end, TotalsOffer first, TotalsOffer second) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ActionOutcome proveReleaseEquivocation(
            long start, long end, ReleaseEvidence first, ReleaseEvidence second) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Word> releaseHash(Word query, long start) {
        return Optional.empty();
    }

    @Override
    public Optional<Word> totalsHash(long start, long end) {
        return Optional.empty();
    }

    @Override
    public boolean verifyRow(ReleasedRow row, ReleaseOffer release, Word totals, List<Word> proof) {
        return false;
    }

    @Override
    public List<RoomEvent> events(long fromBlock, long toBlock) {
        if (unreadable.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
            throw new IllegalArgumentException("no such event");
        }
        return List.of();
    }

    @Override
    public void close() {}
}
