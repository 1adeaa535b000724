package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A room for each test, on a chain that is up, and how its answers are told apart. */
abstract class RoomFixture {

    static final int FINALITY_DEPTH = 3;

    RoomConfiguration configuration;
    RoomContract room;
    TestRoom parties;

    abstract TestChain chain();

    /** A room that nobody has approved. */
    @BeforeEach
    final void create() throws IOException {
        create(TestRoom.configuration(FINALITY_DEPTH, chain().ledger()));
    }

    /** Another room. */
    final void create(RoomConfiguration wanted) throws IOException {
        configuration = wanted;
        room = chain().create(configuration);
        parties = new TestRoom(room.location(), configuration);
    }

    /** Brings the room to where it takes releases. */
    void activate() {
        parties.activate(room, chain());
    }

    @AfterEach
    void closeRoom() throws IOException {
        chain().setMining(true);
        room.close();
    }

    List<RoomEvent> newestEvents() throws IOException {
        return room.events(room.headBlock(), room.headBlock());
    }

    static ContractError error(String name, Object... arguments) {
        return new ContractError(name, List.of(arguments).stream().map(Object::toString).toList());
    }

    static ActionOutcome refused(String name, Object... arguments) {
        return new ActionOutcome.Refused(error(name, arguments));
    }

    /** A refusal holds for all releases of an offer. */
    static List<PublishOutcome> allRefused(int releases, String name, Object... arguments) {
        return Collections.nCopies(releases, new PublishOutcome.Refused(error(name, arguments)));
    }

    static Word sent(Submission submission) {
        assertThat(submission).isInstanceOf(Submission.Sent.class);
        return ((Submission.Sent) submission).transaction();
    }
}
