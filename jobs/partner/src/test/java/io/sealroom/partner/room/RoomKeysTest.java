package io.sealroom.partner.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.privacy.oprf.EpochKeys;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.RoomFile;
import java.security.SecureRandom;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RoomKeysTest {

    private final TestRoom room = TestRoom.file("test-room");
    private final long epoch = room.policy().firstEpoch();

    @Test
    void of_matchingRoomFile_evaluatesUnderThePublishedKey() {
        RoomKeys keys = room.roomKeys("advertiser");

        assertThat(keys.evaluator(epoch).orElseThrow().publicKey())
                .isEqualTo(room.shares("advertiser").publicKeys().get(0))
                .isEqualTo(keys.publicKeys(epoch).orElseThrow().key(1));
    }

    @Test
    void of_epochOutsideRoom_hasNoKeys() {
        RoomKeys keys = room.roomKeys("advertiser");

        assertThat(keys.publicKeys(epoch + 1)).isEmpty();
        assertThat(keys.evaluator(epoch + 1)).isEmpty();
        assertThat(keys.evaluator(epoch - 1)).isEmpty();
    }

    @Test
    void of_sharesErased_evaluatesNothing() throws AgentException {
        EpochKeys shares = room.shares("publisher");
        shares.eraseBefore(epoch + 1);

        RoomKeys keys = RoomKeys.of(room.member("publisher"), room.publicKeys(), shares);

        assertThat(keys.evaluator(epoch)).isEmpty();
        assertThat(keys.publicKeys(epoch)).isPresent();
    }

    @Test
    void closeAt_beforeTheEpoch_evaluatesNothingAndStaysClosed() {
        RoomKeys keys = room.roomKeys("publisher");

        keys.closeAt(epoch * room.policy().epochMillis() + 1);
        assertThat(keys.evaluator(epoch)).isPresent();
        keys.closeAt(epoch * room.policy().epochMillis());
        assertThat(keys.evaluator(epoch)).isEmpty();
        keys.closeAt(room.policy().endMillis());
        assertThat(keys.evaluator(epoch)).isEmpty();
    }

    @Test
    void of_roomFileWithoutKeys_takesTheChains() throws AgentException {
        Membership member = member(changed(keys -> keys.clear()));

        RoomKeys.requireOwnInRoomFile(member, room.shares("publisher"));
        assertThat(
                        RoomKeys.of(member, room.publicKeys(), room.shares("publisher"))
                                .evaluator(epoch))
                .isPresent();
    }

    @Test
    void of_roomFileKeyOfAnotherPartnerExchanged_isRefused() {
        assertRefused(
                "the room file's OPRF public key of advertiser for epoch " + epoch,
                keys -> copy(keys, "publisher", "advertiser"));
    }

    @Test
    void of_roomFileKeyOfNobodyOrNoEpoch_isRefused() {
        assertRefused("of stranger for epoch", keys -> copy(keys, "publisher", "stranger"));
        Bytes key = room.shares("advertiser").publicKeys().get(0).encoded();
        assertRefused(
                "of advertiser for epoch " + (epoch + 1),
                keys -> keys.put("advertiser", new TreeMap<>(Map.of(epoch + 1, key))));
    }

    @Test
    void of_chainKeysOfOtherSeeds_areRefused() {
        TestRoom other = TestRoom.file("test-room");

        assertThatThrownBy(
                        () ->
                                RoomKeys.of(
                                        room.member("publisher"),
                                        other.publicKeys(),
                                        room.shares("publisher")))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("the chain's OPRF public key of publisher for epoch " + epoch)
                .hasMessageContaining("is not that of the seed file");
    }

    @Test
    void requireOwnInRoomFile_missingOrOther_isRefused() {
        assertOwnRefused("no key of epoch " + epoch, keys -> keys.remove("publisher"));
        assertOwnRefused(
                "is not that of the seed file", keys -> copy(keys, "advertiser", "publisher"));
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
        assertBadInput(
                message,
                () -> RoomKeys.of(member(changed), room.publicKeys(), room.shares("publisher")));
    }

    private void assertOwnRefused(
            String message, Consumer<SortedMap<String, SortedMap<Long, Bytes>>> change) {
        RoomFile changed = changed(change);
        assertBadInput(
                message,
                () -> RoomKeys.requireOwnInRoomFile(member(changed), room.shares("publisher")));
    }

    private static void assertBadInput(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
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
