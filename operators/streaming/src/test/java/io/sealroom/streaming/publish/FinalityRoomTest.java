package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.contracts.ContractError;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.RetryCause;
import io.sealroom.contracts.Submission;
import io.sealroom.contracts.Word;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FinalityRoomTest {

    private final TestingRoom chain = new TestingRoom();
    private final FinalityRoom room = new FinalityRoom(chain);
    private final ReleaseOffer offer =
            new OfferSigner(TestRoom.NODE, chain.location()).offer(TestRoom.release(1));
    private final PublishOutcome accepted =
            new PublishOutcome.Accepted(TestingRoom.TRANSACTION, 100, Word.ZERO);
    private final PublishOutcome there = new PublishOutcome.AlreadyThere(offer.releaseHash());
    private final PublishOutcome conflict = new PublishOutcome.Conflict(Optional.empty());

    @Test
    void sent_passesThrough() {
        Submission sent = new Submission.Sent(TestingRoom.TRANSACTION);
        chain.answers.add(sent);
        assertThat(room.submit(offer)).isEqualTo(sent);
    }

    @Test
    void acceptedInFinalBlock_told() {
        at(100, 100);
        assertThat(outcome(accepted)).isEqualTo(accepted);
    }

    @Test
    void acceptedThenFinal_toldAsItWasSeenFirst() {
        at(100, 90);
        assertRetry(outcome(accepted));
        at(109, 99);
        assertRetry(submit(there));
        at(110, 100);
        assertThat(submit(there)).isEqualTo(accepted);
    }

    @Test
    void reorganisedAway_sentAnew() {
        at(100, 90);
        assertRetry(outcome(accepted));
        chain.answers.add(new Submission.Sent(TestingRoom.TRANSACTION));
        assertThat(room.submit(offer)).isInstanceOf(Submission.Sent.class);
        PublishOutcome notMined = new PublishOutcome.Retry(RetryCause.NOT_MINED, "");
        assertThat(outcome(notMined)).isEqualTo(notMined);
        at(120, 110);
        assertRetry(outcome(accepted));
        at(130, 120);
        assertThat(submit(there)).isEqualTo(accepted);
    }

    @Test
    void conflictThatIsReorganisedIntoPublished_told() {
        at(100, 90);
        assertRetry(outcome(conflict));
        at(110, 100);
        assertRetry(submit(there));
        at(120, 110);
        assertThat(submit(there)).isEqualTo(there);
    }

    @Test
    void conflictInFinalBlock_told() {
        at(100, 90);
        assertRetry(outcome(conflict));
        at(110, 100);
        assertThat(submit(conflict)).isEqualTo(conflict);
    }

    @Test
    void endpointAwayMeanwhile_whatWasSeenIsKept() {
        at(100, 90);
        assertRetry(outcome(accepted));
        PublishOutcome away = new PublishOutcome.Retry(RetryCause.ENDPOINT_AWAY, "");
        assertThat(submit(away)).isEqualTo(away);
        at(110, 100);
        assertThat(submit(there)).isEqualTo(accepted);
    }

    @Test
    void endpointAwayWhenAskedForTheHead_triedAgain() {
        at(100, 100);
        chain.headAway = true;
        assertThat(outcome(accepted))
                .isInstanceOfSatisfying(
                        PublishOutcome.Retry.class,
                        retry -> assertThat(retry.cause()).isEqualTo(RetryCause.ENDPOINT_AWAY));
    }

    @Test
    void refused_toldAtOnce() {
        at(100, 0);
        PublishOutcome refused =
                new PublishOutcome.Refused(new ContractError("NotANode", List.of("0x0")));
        assertThat(submit(refused)).isEqualTo(refused);
    }

    private void at(long head, long finalBlock) {
        chain.head = head;
        chain.finalBlock = finalBlock;
    }

    private PublishOutcome outcome(PublishOutcome answer) {
        chain.answers.add(answer);
        return room.outcome(offer, TestingRoom.TRANSACTION);
    }

    private PublishOutcome submit(PublishOutcome answer) {
        chain.answers.add(new Submission.Settled(answer));
        return ((Submission.Settled) room.submit(offer)).outcome();
    }

    private static void assertRetry(PublishOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PublishOutcome.Retry.class,
                        retry -> assertThat(retry.detail()).contains("not final"));
    }
}
