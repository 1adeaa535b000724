package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class InMemoryRoomTest extends AbstractRoomTest {

    private static final Account CONTRACT = new Account("0x" + "5e".repeat(20));

    private final FakeChain chain = new FakeChain();

    @Override
    TestChain chain() {
        return chain;
    }

    @Test
    void anyCall_away_isAnIoExceptionOrARetry() throws IOException {
        WindowOffer offer = parties.hourly(0, "root");
        long head = room.headBlock();
        chain.chain().setAway(true);
        assertThatThrownBy(room::headBlock).isInstanceOf(IOException.class);
        assertThat(room.publish(offer))
                .containsExactly(
                        new PublishOutcome.Retry(RetryCause.ENDPOINT_AWAY, "endpoint is away"));
        assertThat(parties.approve(room, 0))
                .isEqualTo(new ActionOutcome.Retry(RetryCause.ENDPOINT_AWAY, "endpoint is away"));
        chain.chain().setAway(false);
        assertThat(room.headBlock()).isEqualTo(head);
    }

    @Test
    void dropWaiting_forgetsWhatWasSent() throws IOException {
        activate();
        WindowOffer offer = parties.hourly(0, "root");
        long head = room.headBlock();
        chain.setMining(false);
        Submission submission = room.submit(offer);
        chain.chain().dropWaiting();
        chain.setMining(true);
        assertThat(submission).isInstanceOf(Submission.Sent.class);
        assertThat(room.releaseHash(TestRoom.HOURLY, offer.start())).isEmpty();
        assertThat(room.headBlock()).isEqualTo(head);
    }

    /** As the real one, which has only the newest block to ask for a reason. */
    @Test
    void outcome_revertedInItsBlock_isWhatTheNewestBlockSays() throws IOException {
        RoomConfiguration base = TestRoom.configuration(1, chain.ledger());
        RoomConfiguration longer =
                new RoomConfiguration(
                        base.room(),
                        base.policyHash(),
                        base.start(),
                        base.end() + TestRoom.EPOCH,
                        base.epochMillis(),
                        base.quota(),
                        base.semantics(),
                        base.finalityDepth(),
                        base.quorum(),
                        base.ledger(),
                        base.partners(),
                        base.nodes(),
                        base.queries());
        create(longer);
        activate();
        long third = TestRoom.FIRST_EPOCH + 2;
        long second = TestRoom.FIRST_EPOCH + 1;
        long start = third * TestRoom.EPOCH;
        WindowOffer offer = parties.window(TestRoom.HOURLY, start, start + TestRoom.HOUR);
        chain.setMining(false);
        room.leaveFrom(0, third, parties.leave(0, third));
        Word transaction = sent(room.submit(offer));
        room.leaveFrom(0, second, parties.leave(0, second));
        chain.setMining(true);

        assertThat(room.outcome(offer, transaction))
                .isEqualTo(
                        allRefused(
                                1, "WindowOutOfRoom", start, offer.end(), second * TestRoom.EPOCH));
    }

    @Test
    void active_withoutACeremony_takesReleases() throws IOException {
        RoomConfiguration wanted = TestRoom.configuration(1, chain.ledger());
        InMemoryRoom alone = InMemoryRoom.active(31_337, CONTRACT, wanted);
        assertThat(alone.active()).isTrue();
        assertThat(alone.headBlock()).isEqualTo(1);
        assertThat(alone.publish(new TestRoom(alone.location(), wanted).hourly(0, "root")))
                .hasOnlyElementsOfType(PublishOutcome.Accepted.class);
    }
}
