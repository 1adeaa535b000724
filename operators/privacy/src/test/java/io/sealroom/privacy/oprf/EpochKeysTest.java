package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The constants were computed by an independent program in another language. */
class EpochKeysTest {

    private static final String ROOM = "spring-campaign";
    private static final byte FIRST = (byte) 0x99;
    private static final byte SECOND = (byte) 0x77;

    @Test
    void share_ofEveryEpoch_isThatOfTheProtocol() {
        EpochKeys keys = keys(FIRST);

        assertThat(publicKey(keys, 731))
                .isEqualTo("0x038bcfd4c8ccf4463118b6fe9c3936eb1ba40affcb778a3a6173203d3c1d0badc8");
        assertThat(publicKey(keys, 732))
                .isEqualTo("0x02561f73dc88e81bc1c5a8be54cd6c16b14b923d5b66bd21cc6af7edc9339af345");
        assertThat(publicKey(keys(SECOND), 732))
                .isEqualTo("0x02c577c0080dfab98aedb3a0f2608f1cdbcedc15ec846d328d9a211e8fc368aadc");
    }

    @Test
    void tokens_fromSeedToToken_areThoseOfAnIndependentProgram() {
        assertThat(token(731, IdentifierKind.EMAIL, " Ann@Example.org"))
                .isEqualTo(hex("d52db9fd6b3263323dab9faf8676435b8bf7d31e91af82bbbdf00aad27042e53"));
        assertThat(token(731, IdentifierKind.PHONE, "030 123456"))
                .isEqualTo(hex("0355c52b7e89fd068675018cc1694e863cf940e1579fe1786446d0ca30a32820"));
        assertThat(token(732, IdentifierKind.EMAIL, "ann@example.org"))
                .isEqualTo(hex("8b250a7d050b04b88673ef27e5442ce6d9013109dab9545d2627923f4be240e0"));
    }

    @Test
    void eraseBefore_nextEpoch_ratchetsAsTheGoldenVector() throws IOException {
        try (InputStream file =
                getClass().getResourceAsStream("/io/sealroom/schemas/vectors/derivations.json")) {
            JsonNode vectors = new ObjectMapper().readTree(file);
            SecretBytes seed =
                    SecretBytes.copyOf(Bytes.fromHex(vectors.get("seed").asText()).toBytes());
            EpochKeys keys = EpochKeys.of(ROOM, new EpochSeed(731, seed), 740);

            keys.eraseBefore(732);

            assertThat(Bytes.of(keys.oldest().seed().openSecret()))
                    .isEqualTo(Bytes.fromHex(vectors.get("ratcheted").asText()));
            assertThat(seed.erased()).isTrue();
        }
    }

    @Test
    void publicKeys_all_areThoseOfTheShares() {
        EpochKeys keys = keys(FIRST);
        List<PublicKeyShare> shares = new ArrayList<>();
        for (long epoch = 731; epoch <= 735; epoch++) {
            shares.add(keys.share(epoch).orElseThrow().publicKey());
        }

        assertThat(keys.publicKeys()).isEqualTo(shares).doesNotHaveDuplicates();
    }

    @Test
    void share_outsideTheRoom_isNone() {
        EpochKeys keys = keys(FIRST);

        assertThat(keys.share(730)).isEmpty();
        assertThat(keys.share(736)).isEmpty();
        assertThat(keys.share(Long.MAX_VALUE)).isEmpty();
        assertThat(keys.share(-1)).isEmpty();
    }

    @Test
    void eraseBefore_epoch_erasesSharesHandedOutAndKeepsLaterOnes() {
        EpochKeys keys = keys(FIRST);
        KeyShare passed = keys.share(732).orElseThrow();
        KeyShare kept = keys.share(733).orElseThrow();
        BlindedElements elements = new VoprfRequester().blind(VoprfFixture.inputs(1)).elements();

        keys.eraseBefore(733);

        assertThat(keys.share(732)).isEmpty();
        assertThat(keys.share(733)).containsSame(kept);
        assertThat(keys.oldest().epoch()).isEqualTo(733);
        assertThat(keys.publicKeys()).hasSize(3);
        assertThatIllegalStateException()
                .isThrownBy(() -> new VoprfEvaluator(passed).evaluate(elements));
        assertThat(new VoprfEvaluator(kept).evaluate(elements).size()).isEqualTo(1);
    }

    @Test
    void eraseBefore_epochAlreadyPassed_changesNothing() {
        EpochKeys keys = keys(FIRST);
        keys.eraseBefore(733);
        keys.eraseBefore(731);

        assertThat(keys.oldest().epoch()).isEqualTo(733);
    }

    @Test
    void eraseBefore_afterTheLastEpoch_erasesEverything() {
        EpochKeys keys = keys(FIRST);
        keys.eraseBefore(736);

        assertThat(keys.share(735)).isEmpty();
        assertThatIllegalStateException().isThrownBy(keys::oldest);
        assertThatIllegalStateException().isThrownBy(keys::publicKeys);
        assertThat(keys.toString()).contains("redacted");
    }

    @Test
    void eraseBefore_everythingErasedBefore_changesNothing() {
        EpochKeys keys = keys(FIRST);
        keys.eraseBefore(736);
        keys.eraseBefore(735);

        assertThat(keys.share(735)).isEmpty();
    }

    @Test
    void of_storedState_goesOnWithTheSameKeys() {
        EpochKeys before = keys(FIRST);
        before.eraseBefore(733);
        EpochKeys after = EpochKeys.of(ROOM, before.oldest(), 735);

        assertThat(after.publicKeys()).isEqualTo(before.publicKeys());
    }

    @Test
    void of_badArguments_isRefused() {
        EpochSeed seed = seed(FIRST);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EpochKeys.of(ROOM, seed, 730))
                .withMessage("lastEpoch must be at least 731, got 730");
        assertThatIllegalArgumentException().isThrownBy(() -> EpochKeys.of("Room", seed, 731));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EpochSeed(-1, SecretBytes.copyOf(new byte[32])));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EpochSeed(0, SecretBytes.copyOf(new byte[31])));
    }

    @Test
    void toString_always_isRedacted() {
        assertThat(keys(FIRST)).hasToString("EpochKeys[spring-campaign, 731 to 735, redacted]");
        assertThat(seed(FIRST))
                .hasToString("EpochSeed[epoch=731, seed=SecretBytes[32 bytes, redacted]]");
    }

    private static Token token(long epoch, IdentifierKind kind, String text) {
        List<KeyShare> shares =
                List.of(
                        keys(FIRST).share(epoch).orElseThrow(),
                        keys(SECOND).share(epoch).orElseThrow());
        PartnerKeys keys =
                PartnerKeys.of(shares.stream().map(KeyShare::publicKey).toList()).orElseThrow();
        VoprfRequester requester = new VoprfRequester();
        OprfInput input = OprfInput.of(ROOM, epoch, OprfInputTest.identifier(kind, text));
        BlindedBatch batch = requester.blind(List.of(input));
        TokensOutcome outcome =
                requester.tokens(
                        batch,
                        keys,
                        shares.stream()
                                .map(share -> new VoprfEvaluator(share).evaluate(batch.elements()))
                                .toList());
        assertThat(outcome).isInstanceOf(TokensOutcome.Tokens.class);
        return ((TokensOutcome.Tokens) outcome).tokens().get(0);
    }

    private static EpochKeys keys(byte fill) {
        return EpochKeys.of(ROOM, seed(fill), 735);
    }

    private static EpochSeed seed(byte fill) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, fill);
        return new EpochSeed(731, SecretBytes.copyOf(seed));
    }

    private static String publicKey(EpochKeys keys, long epoch) {
        return keys.share(epoch).orElseThrow().publicKey().encoded().toHex();
    }

    private static Token hex(String token) {
        return Token.of(Bytes.fromHex(token).toBytes());
    }
}
