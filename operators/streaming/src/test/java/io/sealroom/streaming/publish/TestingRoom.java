package io.sealroom.streaming.publish;

import io.sealroom.contracts.ApproveOutcome;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.Submission;
import io.sealroom.contracts.Word;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A room that answers as a test tells it to, and can let a caller wait. */
final class TestingRoom implements RoomContract {

    static final Word TRANSACTION = new Word(1, 2, 3, 4);

    /** Answers to {@link #submit} and {@link #outcome}, in order. */
    final Deque<Object> answers = new ArrayDeque<>();

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
    public Submission submit(ReleaseOffer offer) {
        asked.countDown();
        try {
            answering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return (Submission) answers.remove();
    }

    @Override
    public Submission resubmit(ReleaseOffer offer) {
        return submit(offer);
    }

    @Override
    public PublishOutcome outcome(ReleaseOffer offer, Word transaction) {
        return (PublishOutcome) answers.remove();
    }

    @Override
    public PublishOutcome publish(ReleaseOffer offer) {
        return (PublishOutcome) answers.remove();
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
    public boolean hasApproved(int partnerIndex) {
        return true;
    }

    @Override
    public ApproveOutcome approve(int partnerIndex, Signature signature) {
        return new ApproveOutcome.AlreadyApproved();
    }

    @Override
    public Optional<Word> releaseHash(Word query, long start) {
        return Optional.empty();
    }

    @Override
    public Optional<Word> totalsCommitment(Word partner, long start, long end) {
        return Optional.empty();
    }

    @Override
    public List<RoomEvent> events(long fromBlock, long toBlock) {
        return List.of();
    }

    @Override
    public void close() {}
}
