package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

class RoomLookupTest {

    private static final Account NOTHING_THERE = new Account("0x" + "11".repeat(20));
    private static AnvilChain chain;

    private RoomConfiguration configuration = TestRoom.configuration(1, NOTHING_THERE);
    private RoomLookup lookup = connect("http://127.0.0.1:9");

    @BeforeAll
    static void startChain() throws IOException {
        chain = AnvilChain.start();
    }

    @AfterAll
    static void stopChain() throws IOException {
        chain.close();
    }

    @BeforeEach
    void connect() {
        configuration = TestRoom.configuration(1, chain.ledger());
        lookup = connect(chain.rpcUrl());
    }

    @AfterEach
    void close() {
        lookup.close();
    }

    private static RoomLookup connect(String rpcUrl) {
        return RoomLookup.connect(rpcUrl, Duration.ofSeconds(10));
    }

    @Test
    void find_room_isItsConfigurationAndBlock() throws IOException {
        RoomLocation location = chain.locate(configuration);
        RoomLookup.Found found = lookup.find(location.contract(), 0);
        assertThat(found.location()).isEqualTo(location);
        assertThat(found.configuration()).isEqualTo(configuration);
        assertThat(lookup.find(location.contract(), found.block())).isEqualTo(found);
        assertThatThrownBy(() -> lookup.find(location.contract(), found.block() + 1))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("no event of the room's creation");
    }

    @Test
    void find_noRoomThere_throwsForGood() {
        for (Account other : List.of(NOTHING_THERE, chain.ledger(), chain.factory())) {
            assertThatThrownBy(() -> lookup.find(other, 0)).isInstanceOf(WrongChainException.class);
            assertThatThrownBy(() -> lookup.partners(other))
                    .isInstanceOf(WrongChainException.class);
        }
    }

    @Test
    void find_endpointAway_isAnIoException() {
        try (RoomLookup away = connect("http://127.0.0.1:9")) {
            assertThatThrownBy(() -> away.find(NOTHING_THERE, 0)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void partners_room_areThoseOfItsConfiguration() throws IOException {
        assertThat(lookup.partners(chain.locate(configuration).contract()))
                .isEqualTo(configuration.partners());
    }

    @Test
    void isRoom_onlyTheFactorysOwn() throws IOException {
        Account room = chain.locate(configuration).contract();
        assertThat(lookup.isRoom(chain.factory(), room)).isTrue();
        assertThat(lookup.isRoom(chain.factory(), chain.ledger())).isFalse();
        assertThat(lookup.isRoom(chain.ledger(), room)).isFalse();
        assertThat(lookup.isRoom(NOTHING_THERE, room)).isFalse();
    }

    @Test
    void proofs_revealedKeys_areThoseThatWereBrought() throws IOException {
        RoomLocation location = chain.locate(configuration);
        TestRoom keys = new TestRoom(location, configuration);
        try (RoomContract room = chain.room(location)) {
            keys.activate(room, chain);
            int partner = 0;
            for (RoomEvent event : room.events(0, room.headBlock())) {
                if (event instanceof RoomEvent.KeysRevealed revealed) {
                    assertThat(lookup.proofs(location.contract(), revealed))
                            .isEqualTo(Optional.of(keys.proofs(partner)));
                    // The same transaction did not call any other contract.
                    assertThat(lookup.proofs(chain.factory(), revealed)).isEmpty();
                    partner++;
                }
            }
            assertThat(partner).isEqualTo(3);
        }
    }

    /** Whoever asks waits for an endpoint that makes sense; an exception of the library ends it. */
    @Test
    void proofs_argumentsThatAreNone_areAnIoException() throws IOException {
        RoomLocation location = chain.locate(configuration);
        String selector =
                Hash.sha3String("reveal(uint256,(bytes32,bytes32)[],(bytes32,bytes32)[])")
                        .substring(0, 10);
        RoomEvent.KeysRevealed revealed;
        try (RoomContract room = chain.room(location)) {
            new TestRoom(location, configuration).activate(room, chain);
            revealed =
                    room.events(0, room.headBlock()).stream()
                            .filter(RoomEvent.KeysRevealed.class::isInstance)
                            .map(RoomEvent.KeysRevealed.class::cast)
                            .findFirst()
                            .orElseThrow();
        }
        try (TestingEndpoint endpoint = TestingEndpoint.before(chain.rpcUrl());
                RoomLookup misled = connect(endpoint.rpcUrl())) {
            for (String arguments : List.of("", "ff", "ff".repeat(96))) {
                endpoint.result(
                        "eth_getTransactionByHash",
                        String.format(
                                "{\"to\":\"%s\",\"input\":\"%s%s\"}",
                                location.contract().hex(), selector, arguments));
                assertThatThrownBy(() -> misled.proofs(location.contract(), revealed))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("nonsense to eth_getTransactionByHash");
            }
        }
    }
}
