package io.sealroom.partner.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A ceremony as an agent sees it, on a real chain and on the fake. */
abstract class AbstractCeremonyTest {

    abstract CeremonyChain start(TestRoom room) throws IOException;

    /** One course for all steps: a real chain takes a while to start. */
    @Test
    void check_stepByStep_namesWhoIsMissingUntilAllKeysHold() throws IOException {
        TestRoom room = TestRoom.withNotary("test-room");
        try (CeremonyChain chain = start(room);
                CeremonyView view = chain.view()) {
            TestParties parties = new TestParties(room, chain);
            Ceremony ceremony = new Ceremony(room.policy(), room.identity(), view);

            parties.approve("publisher");
            assertThat(ceremony.check())
                    .isEqualTo(
                            new CeremonyState.NotActive(
                                    List.of(
                                            missing("publisher", CeremonyState.Step.REVEAL),
                                            missing("advertiser", CeremonyState.Step.APPROVAL),
                                            missing("notary", CeremonyState.Step.APPROVAL))));

            parties.approve("advertiser");
            parties.approve("notary");
            parties.reveal("notary");
            parties.reveal("publisher");
            assertThat(ceremony.check())
                    .isInstanceOfSatisfying(
                            CeremonyState.NotActive.class,
                            state ->
                                    assertThat(state.text())
                                            .isEqualTo("advertiser has not revealed its keys"));

            parties.reveal("advertiser");
            assertThat(ceremony.check())
                    .isInstanceOfSatisfying(
                            CeremonyState.Complete.class,
                            state -> {
                                assertThat(state.keys().encoded())
                                        .isEqualTo(room.publicKeys().encoded());
                                assertThat(state.unproven()).isEmpty();
                                assertThat(state.closesAt()).isEqualTo(room.policy().endMillis());
                            });
            assertThat(view.proofs(view.revealedKeys().get(0)).orElseThrow()).hasSize(1);
        }
    }

    static CeremonyState.Missing missing(String partner, CeremonyState.Step step) {
        return new CeremonyState.Missing(partner, step);
    }
}
