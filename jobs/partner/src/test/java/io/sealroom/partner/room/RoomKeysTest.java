package io.sealroom.partner.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.RoomFile;
import java.security.SecureRandom;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RoomKeysTest {

    private final TestRoom room = TestRoom.file("test-room");
    private final long epoch = room.policy().firstEpoch();

    @Test
    void of_matchingRoomFile_evaluatesUnderThePublishedKey() {
        RoomKeys keys = room.roomKeys("advertiser");

        assertThat(keys.evaluator(epoch).orElseThrow().publicKey().encoded())
                .isEqualTo(RoomKeys.publicKeys(room.policy(), room.keys("advertiser")).get(epoch))
                .isEqualTo(keys.publicKeys(epoch).orElseThrow().key(1).encoded());
    }

    @Test
    void of_epochOutsideRoom_hasNoKeys() {
        RoomKeys keys = room.roomKeys("advertiser");

        assertThat(keys.publicKeys(epoch + 1)).isEmpty();
        assertThat(keys.evaluator(epoch + 1)).isEmpty();
    }

    @Test
    void of_ownKeyMissingInRoomFile_isRefused() {
        assertRefused("no OPRF public key of publisher", keys -> keys.remove("publisher"));
    }

    @Test
    void of_ownKeyNotThatOfTheKeyFile_isRefused() {
        assertRefused("is not that of the key file", keys -> copy(keys, "advertiser", "publisher"));
    }

    @Test
    void of_otherKeyNoPoint_isRefused() {
        Bytes noPoint = Bytes.fromHex("02" + "ff".repeat(32));

        assertRefused(
                "of advertiser for epoch " + epoch + " is no point",
                keys -> keys.put("advertiser", new TreeMap<>(Map.of(epoch, noPoint))));
    }

    @Test
    void of_otherKeyRepeatsOwn_isRefused() {
        assertRefused("KEY_REPEATED", keys -> copy(keys, "publisher", "advertiser"));
    }

    @Test
    void of_otherKeyMissing_evaluatesNothingYet() throws AgentException {
        RoomKeys keys = RoomKeys.of(member(changed(map -> map.remove("advertiser"))));

        assertThat(keys.publicKeys(epoch)).isEmpty();
        assertThat(keys.evaluator(epoch)).isEmpty();
    }

    @Test
    void member_keysOfAnotherPartner_isRefused() {
        assertThatThrownBy(
                        () ->
                                Membership.of(
                                        room.policy(),
                                        room.roomFile(),
                                        room.keys("advertiser"),
                                        "publisher"))
                .hasMessageContaining("belongs to advertiser");
        PartnerKeys stranger = PartnerKeys.generate("publisher", new SecureRandom());
        assertThatThrownBy(
                        () -> Membership.of(room.policy(), room.roomFile(), stranger, "publisher"))
                .hasMessageContaining(stranger.address().hex());
        assertThatThrownBy(() -> Membership.of(room.policy(), room.roomFile(), stranger, "nobody"))
                .hasMessageContaining("no partner nobody");
    }

    private static void copy(
            SortedMap<String, SortedMap<Long, Bytes>> keys, String from, String to) {
        keys.put(to, new TreeMap<>(keys.getOrDefault(from, new TreeMap<>())));
    }

    private void assertRefused(
            String message, Consumer<SortedMap<String, SortedMap<Long, Bytes>>> change) {
        RoomFile changed = changed(change);
        assertThatThrownBy(() -> RoomKeys.of(member(changed)))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT));
    }

    private Membership member(RoomFile roomFile) throws AgentException {
        return Membership.of(room.policy(), roomFile, room.keys("publisher"), "publisher");
    }

    private RoomFile changed(Consumer<SortedMap<String, SortedMap<Long, Bytes>>> change) {
        SortedMap<String, SortedMap<Long, Bytes>> keys = new TreeMap<>(room.roomFile().oprfKeys());
        change.accept(keys);
        return new RoomFile(31337, room.roomFile().contract(), 1, keys);
    }
}
