package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.contracts.ContractError;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.RetryCause;
import io.sealroom.contracts.Submission;
import io.sealroom.contracts.WindowOffer;
import io.sealroom.contracts.Word;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FinalityRoomTest {

    private final TestingRoom chain = new TestingRoom();
    private final FinalityRoom room = new FinalityRoom(chain);
    private final WindowOffer offer =
            Offers.of(TestRoom.offer(TestRoom.release(1)), chain.location());
    private final WindowOffer pair =
            Offers.of(
                    TestRoom.offer(TestRoom.release(1), TestRoom.releaseToo(1)), chain.location());
    private final PublishOutcome accepted =
            new PublishOutcome.Accepted(TestingRoom.TRANSACTION, 100, Word.ZERO);
    private final PublishOutcome there =
            new PublishOutcome.AlreadyThere(offer.releases().get(0).releaseHash());
    private final PublishOutcome conflict = new PublishOutcome.Conflict(Optional.empty());
    private final PublishOutcome withheld = new PublishOutcome.Withheld(new Word(0, 0, 0, 7));

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
    void withheldThatIsReorganisedIntoPublished_told() {
        at(100, 90);
        assertRetry(outcome(withheld));
        at(110, 100);
        assertRetry(submit(there));
        at(120, 110);
        assertThat(submit(there)).isEqualTo(there);
    }

    @Test
    void listOfDifferentOutcomes_toldTogether() {
        at(100, 90);
        assertThat(submit(pair, accepted, withheld)).hasSize(2).allSatisfy(this::isRetry);
        at(110, 100);
        assertThat(submit(pair, there, withheld)).containsExactly(accepted, withheld);
    }

    @Test
    void oneOfAListReorganised_allWaitAgain() {
        at(100, 90);
        assertThat(submit(pair, accepted, conflict)).allSatisfy(this::isRetry);
        at(110, 100);
        assertThat(submit(pair, there, there)).allSatisfy(this::isRetry);
        at(120, 110);
        assertThat(submit(pair, there, there)).containsExactly(there, there);
    }

    @Test
    void singleAndListOfTheSameRelease_areApart() {
        at(100, 90);
        assertRetry(submit(accepted));
        at(110, 100);
        assertThat(submit(pair, there, there)).allSatisfy(this::isRetry);
        assertThat(submit(there)).isEqualTo(accepted);
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
        chain.answers.add(new Submission.Settled(List.of(answer)));
        return room.outcome(offer, TestingRoom.TRANSACTION).get(0);
    }

    private PublishOutcome submit(PublishOutcome answer) {
        return submit(offer, answer).get(0);
    }

    private List<PublishOutcome> submit(WindowOffer offered, PublishOutcome... answers) {
        chain.answers.add(new Submission.Settled(List.of(answers)));
        return ((Submission.Settled) room.submit(offered)).outcomes();
    }

    private void isRetry(PublishOutcome outcome) {
        assertRetry(outcome);
    }

    private static void assertRetry(PublishOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PublishOutcome.Retry.class,
                        retry -> assertThat(retry.detail()).contains("not final"));
    }
}
