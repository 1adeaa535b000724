package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class InMemoryRoomTest extends AbstractRoomTest {

    private static final long CHAIN_ID = 31_337;
    private static final Account CONTRACT = new Account("0x" + "5e".repeat(20));

    private RoomConfiguration configuration = TestRoom.configuration(0);
    private InMemoryRoom deployed = InMemoryRoom.deploy(CHAIN_ID, CONTRACT, configuration);

    @Override
    RoomContract deploy(RoomConfiguration wanted) {
        configuration = wanted;
        deployed = InMemoryRoom.deploy(CHAIN_ID, CONTRACT, configuration);
        return deployed;
    }

    @Override
    RoomContract seenAs(RoomLocation other) {
        return InMemoryRoom.deploy(other, CHAIN_ID, configuration);
    }

    @Override
    void mine(int blocks) {
        deployed.mine(blocks);
    }

    @Override
    void setMining(boolean value) {
        deployed.setMining(value);
    }

    @Test
    void anyCall_away_isAnIoExceptionOrARetry() throws IOException {
        ReleaseOffer offer = new TestRoom(deployed.location(), 3).hourly(0, "root");
        deployed.setAway(true);
        assertThatThrownBy(deployed::headBlock).isInstanceOf(IOException.class);
        assertThat(deployed.publish(offer))
                .isEqualTo(new PublishOutcome.Retry(RetryCause.ENDPOINT_AWAY, "endpoint is away"));
        deployed.setAway(false);
        assertThat(deployed.headBlock()).isEqualTo(1);
    }

    @Test
    void dropWaiting_forgetsWhatWasSent() throws IOException {
        TestRoom parties = new TestRoom(deployed.location(), 3);
        parties.approveAll(deployed);
        ReleaseOffer offer = parties.hourly(0, "root");
        deployed.setMining(false);
        Submission submission = deployed.submit(offer);
        deployed.dropWaiting();
        deployed.setMining(true);
        assertThat(submission).isInstanceOf(Submission.Sent.class);
        assertThat(deployed.releaseHash(offer.query(), offer.start())).isEmpty();
        assertThat(deployed.events(0, 100)).hasSize(1 + 3);
    }
}
