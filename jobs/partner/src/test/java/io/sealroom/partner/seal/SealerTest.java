package io.sealroom.partner.seal;

import static io.sealroom.partner.room.TestRoom.END;
import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.privacy.seal.SealRules;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.record.RecipientSecret;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.schemas.record.WindowSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealerTest {

    private final TestRoom room = TestRoom.file("test-room");
    private final Sealer sealer =
            new Sealer(
                    room.identity(),
                    room.policy(),
                    room.policy().partner("publisher"),
                    room.keys("publisher"));
    private final List<ChainHead> closing =
            List.of(
                    ChainHead.genesis("test-room", "publisher", 0, 2).next(new byte[] {1}),
                    ChainHead.genesis("test-room", "publisher", 1, 2));

    @Test
    void seal_sliceWithinAWindow_statesCountAndHeadUnderTheOwnSignature() {
        Seal seal = sealer.seal(0, START, START + SLICE, closing);

        assertThat(seal.count()).isEqualTo(1);
        assertThat(seal.head()).isEqualTo(closing.get(0).head());
        assertThat(seal.policyHash()).isEqualTo(room.policy().hash());
        assertThat(seal.reanchor()).isFalse();
        assertThat(seal.windows()).isEmpty();
        assertSigned(seal.structHash("publisher", 2), seal.signature().toBytes());
    }

    @Test
    void reanchoring_overEndsOfWindows_isWhatNodesTakeInAnyPartition() {
        for (int partition = 0; partition < 2; partition++) {
            ChainHead held = closing.get(partition);
            Seal seal = sealer.reanchoring(partition, START + SLICE, END, held);

            assertThat(seal.reanchor()).isTrue();
            assertThat(seal.windows()).isEmpty();
            assertThat(
                            new SealRules(
                                            PartnerTopic.of(
                                                    room.identity(), room.policy(), "publisher"),
                                            partition)
                                    .refusal(seal, new PartitionProgress(START + SLICE, held)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "-1, 1", "0, 19"})
    void reanchoring_notSlicesOfTheRoom_isRefused(int fromSlice, int toSlice) {
        assertThatThrownBy(
                        () ->
                                sealer.reanchoring(
                                        0,
                                        START + fromSlice * SLICE,
                                        START + toSlice * SLICE,
                                        closing.get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be slices in the room");
    }

    @Test
    void seal_partitionOtherThanZero_carriesNoWindowsAndIsTheSameEveryTime() {
        Seal seal = sealer.seal(1, END - SLICE, END, closing);

        assertThat(seal.windows()).isEmpty();
        assertThat(seal).isEqualTo(sealer.seal(1, END - SLICE, END, closing));
    }

    @Test
    void seal_endOfSeveralWindows_hasOnePartForEachLengthThatTheNodeCanOpen() {
        Seal seal = sealer.seal(0, END - SLICE, END, closing);

        assertThat(seal.windows()).extracting(WindowPart::start).containsExactly(END - HOUR, START);
        assertSigned(seal.structHash("publisher", 2), seal.signature().toBytes());
        for (WindowPart part : seal.windows()) {
            assertThat(part.end()).isEqualTo(END);
            assertThat(part.secrets())
                    .extracting(RecipientSecret::recipient)
                    .containsExactly("node-one");
            byte[] plaintext =
                    WindowSecrets.open(
                                    part.secrets().get(0),
                                    room.node().hpkePrivateKey().openSecret(),
                                    WindowSecrets.aad("test-room", "publisher", part.start(), END))
                            .orElseThrow();
            byte[] salt = Arrays.copyOfRange(plaintext, 0, 32);
            byte[] share = Arrays.copyOfRange(plaintext, 32, 64);
            assertThat(part.commitment())
                    .isEqualTo(
                            Totals.commitment(
                                    room.identity(),
                                    "publisher",
                                    part.start(),
                                    END,
                                    closing,
                                    salt));
            assertThat(part.shareCommitment())
                    .isEqualTo(
                            Totals.shareCommitment(
                                    room.identity(), "publisher", part.start(), END, share));
            assertSigned(
                    Totals.structHash(
                            "publisher",
                            room.policy().hash(),
                            part.start(),
                            END,
                            part.commitment()),
                    part.commitmentSignature().toBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 1", "17, 19", "5, 7", "0, 12", "3, 2"})
    void seal_boundsThatBreakARule_isAFault(int fromSlice, int toSlice) {
        assertThatThrownBy(
                        () ->
                                sealer.seal(
                                        0,
                                        START + fromSlice * SLICE,
                                        START + toSlice * SLICE,
                                        closing))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void seal_boundsOffTheSlices_isAFault() {
        assertThatThrownBy(() -> sealer.seal(0, START, START + SLICE - 1, closing))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void seal_headsOfTooFewPartitions_isAFault() {
        assertThatThrownBy(() -> sealer.seal(0, START, START + SLICE, closing.subList(0, 1)))
                .hasMessageContaining("2 partitions");
    }

    /** Golden values computed outside this code base: schemas' derivations.json. */
    @Test
    void windowShares_goldenSeed_givesGoldenSaltAndShare() throws IOException {
        JsonNode golden;
        try (InputStream in =
                Seal.class.getResourceAsStream("/io/sealroom/schemas/vectors/derivations.json")) {
            golden = new ObjectMapper().readTree(in);
        }
        WindowShares shares =
                new WindowShares(
                        SecretBytes.copyOf(bytes(golden.get("seed"))), golden.get("room").asText());
        JsonNode window = golden.get("window");
        long start = window.get("start").asLong();
        long end = window.get("end").asLong();

        assertThat(shares.totalsSalt(start, end).openSecret())
                .isEqualTo(bytes(window.get("totalsSalt")));
        assertThat(shares.share(start, end).openSecret()).isEqualTo(bytes(window.get("share")));
    }

    private static byte[] bytes(JsonNode hex) {
        return Bytes32.fromHex(hex.asText()).toBytes();
    }

    private void assertSigned(Bytes32 structHash, byte[] signature) {
        assertThat(Secp256k1.recover(room.identity().digest(structHash), signature))
                .contains(room.keys("publisher").address());
    }
}
