package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sealroom.schemas.hash.AbiWords;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

class ProofOfPossessionTest {

    private static final BigInteger LAST = P256.ORDER.subtract(BigInteger.ONE);
    private static final Address CONTRACT =
            new Address("0x5fbdb2315678afecb367f032d93f642f64180aa3");
    private static final ProofContext CONTEXT =
            new ProofContext(31337, CONTRACT, "spring-campaign", "publisher", 731);
    private static final KeyShare SHARE = share(77);
    private static final PublicKeyShare KEY = SHARE.publicKey();

    @Test
    void prove_goldenNonces_areTheGoldenProofs() {
        for (KeyProofVectors.Proved vector : KeyProofVectors.all()) {
            assertThat(ProofOfPossession.prove(vector.share(), vector.context(), vector.nonce()))
                    .contains(vector.proof());
            assertThat(vector.proof().encoded()).isEqualTo(vector.bytes("proof"));
        }
    }

    @Test
    void verify_goldenProofs_hold() {
        for (KeyProofVectors.Proved vector : KeyProofVectors.all()) {
            PublicKeyShare key =
                    PublicKeyShare.ofWords(vector.word("x"), vector.word("y")).orElseThrow();
            assertThat(vector.proof().verify(key, vector.context())).isTrue();
        }
    }

    @Test
    void verify_goldenProofOfAnotherKey_fails() {
        List<KeyProofVectors.Proved> all = KeyProofVectors.all();
        for (KeyProofVectors.Proved proved : all) {
            for (KeyProofVectors.Proved other : all) {
                assertThat(proved.proof().verify(other.share().publicKey(), other.context()))
                        .isEqualTo(proved.equals(other));
            }
        }
    }

    @Test
    void prove_twice_makesDifferentProofsThatHold() {
        ProofOfPossession first = ProofOfPossession.prove(SHARE, CONTEXT);
        ProofOfPossession second = ProofOfPossession.prove(SHARE, CONTEXT);

        assertThat(first.verify(KEY, CONTEXT)).isTrue();
        assertThat(second.verify(KEY, CONTEXT)).isTrue();
        assertThat(first.r()).isNotEqualTo(second.r());
    }

    @Test
    void prove_erasedShare_isRefused() {
        KeyShare erased = share(77);
        erased.erase();

        assertThatIllegalStateException()
                .isThrownBy(() -> ProofOfPossession.prove(erased, CONTEXT));
    }

    @Test
    void verify_otherKey_fails() {
        assertThat(proof().verify(share(78).publicKey(), CONTEXT)).isFalse();
        // The same x: only y tells it from the key.
        assertThat(proof().verify(share(-77).publicKey(), CONTEXT)).isFalse();
    }

    @Test
    void verify_otherChain_fails() {
        assertRefusedIn(new ProofContext(1, CONTRACT, "spring-campaign", "publisher", 731));
    }

    @Test
    void verify_otherContract_fails() {
        Address other = new Address("0xe7f1725e7734ce288f8367e1bb143e90bb3f0512");
        assertRefusedIn(new ProofContext(31337, other, "spring-campaign", "publisher", 731));
    }

    @Test
    void verify_otherRoom_fails() {
        assertRefusedIn(new ProofContext(31337, CONTRACT, "autumn-campaign", "publisher", 731));
    }

    /** Copied: another partner names the key and brings the proof that it has seen. */
    @Test
    void verify_otherPartner_fails() {
        assertRefusedIn(new ProofContext(31337, CONTRACT, "spring-campaign", "advertiser", 731));
    }

    @Test
    void verify_otherEpoch_fails() {
        assertRefusedIn(new ProofContext(31337, CONTRACT, "spring-campaign", "publisher", 732));
    }

    @Test
    void verify_anyNumberChanged_fails() {
        ProofOfPossession proof = proof();

        assertThat(new ProofOfPossession(next(proof.r()), proof.s()).verify(KEY, CONTEXT))
                .isFalse();
        assertThat(new ProofOfPossession(proof.r(), next(proof.s())).verify(KEY, CONTEXT))
                .isFalse();
        assertThat(new ProofOfPossession(proof.r(), P256.ORDER.subtract(proof.s())))
                .satisfies(negated -> assertThat(negated.verify(KEY, CONTEXT)).isFalse());
    }

    @Test
    void verify_anyBitOfProofOrKeyFlipped_fails() {
        Bytes proof = proof().encoded();
        for (int bit = 0; bit < 512; bit++) {
            assertThat(verifies(EncodingMutator.flip(proof, bit), KEY.encoded()))
                    .describedAs("bit %d of the proof", bit)
                    .isFalse();
        }
        for (int bit = 0; bit < 264; bit++) {
            assertThat(verifies(proof, EncodingMutator.flip(KEY.encoded(), bit)))
                    .describedAs("bit %d of the key", bit)
                    .isFalse();
        }
        assertThat(verifies(proof, KEY.encoded())).isTrue();
    }

    private static boolean verifies(Bytes proof, Bytes key) {
        return ProofOfPossession.decode(proof).accepted().isPresent()
                && PublicKeyShare.decode(key).accepted().isPresent()
                && ProofOfPossession.decode(proof)
                        .orElseThrow()
                        .verify(PublicKeyShare.decode(key).orElseThrow(), CONTEXT);
    }

    /** The key that cancels another partner's: its maker knows the sum, but not the key. */
    @Test
    void verify_rogueKeyProvedWithTheSumItIsMadeFor_fails() {
        KeyShare sum = share(5);
        ECPoint rogue = sum.publicKey().element().point().subtract(KEY.element().point());
        PublicKeyShare named = new PublicKeyShare(Element.of(rogue));

        assertThat(ProofOfPossession.prove(sum, CONTEXT).verify(named, CONTEXT)).isFalse();
    }

    @Test
    void verify_commitmentAtTheIdentity_fails() {
        // s = c * key makes the commitment the identity, which has no x.
        BigInteger r = BigInteger.TWO;
        BigInteger s = challenge(r).multiply(BigInteger.valueOf(77)).mod(P256.ORDER);

        assertThat(new ProofOfPossession(r, s).verify(KEY, CONTEXT)).isFalse();
    }

    @Test
    void decode_ownEncoding_isTheProof() {
        ProofOfPossession proof = new ProofOfPossession(BigInteger.ONE, LAST);

        assertThat(proof.encoded().length()).isEqualTo(64);
        assertThat(ProofOfPossession.decode(proof.encoded()))
                .isEqualTo(new Checked.Accepted<>(proof));
    }

    @Test
    void decode_otherLength_isRefused() {
        for (int length : new int[] {0, 32, 63, 65, 128}) {
            assertThat(ProofOfPossession.decode(Bytes.of(new byte[length])))
                    .isEqualTo(new Checked.Refused<>(EncodingRefusal.WRONG_LENGTH));
        }
    }

    @Test
    void decode_numberOutsideTheRange_isRefused() {
        assertRefused(BigInteger.ZERO, LAST, EncodingRefusal.SCALAR_ZERO);
        assertRefused(LAST, BigInteger.ZERO, EncodingRefusal.SCALAR_ZERO);
        assertRefused(P256.ORDER, LAST, EncodingRefusal.SCALAR_NOT_CANONICAL);
        assertRefused(LAST, P256.ORDER, EncodingRefusal.SCALAR_NOT_CANONICAL);
    }

    @Test
    void construct_numberOutsideTheRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProofOfPossession(BigInteger.ZERO, BigInteger.ONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProofOfPossession(BigInteger.ONE, P256.ORDER));
    }

    @Test
    void context_numberOrNameThatBreaksItsRule_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProofContext(-1, CONTRACT, "spring", "publisher", 0))
                .withMessage("chainId must not be negative, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProofContext(1, CONTRACT, "Spring", "publisher", 0))
                .withMessageStartingWith("room must match ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProofContext(1, CONTRACT, "spring", "", 0))
                .withMessageStartingWith("partner must match ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProofContext(1, CONTRACT, "spring", "publisher", -1))
                .withMessage("epoch must not be negative, got -1");
    }

    private static void assertRefusedIn(ProofContext context) {
        ProofOfPossession proof = proof();
        assertThat(proof.verify(KEY, CONTEXT)).isTrue();
        assertThat(proof.verify(KEY, context)).isFalse();
    }

    private static void assertRefused(BigInteger r, BigInteger s, EncodingRefusal reason) {
        byte[] bytes = new byte[64];
        BigIntegers.asUnsignedByteArray(r, bytes, 0, 32);
        BigIntegers.asUnsignedByteArray(s, bytes, 32, 32);

        assertThat(ProofOfPossession.decode(Bytes.of(bytes)))
                .isEqualTo(new Checked.Refused<>(reason));
    }

    private static BigInteger challenge(BigInteger r) {
        Bytes32 hash =
                new AbiWords()
                        .bytes32(Digests.id("sealroom/key-proof/v1"))
                        .uint(CONTEXT.chainId())
                        .address(CONTRACT)
                        .bytes32(Digests.id(CONTEXT.room()))
                        .bytes32(Digests.id(CONTEXT.partner()))
                        .uint(CONTEXT.epoch())
                        .bytes32(KEY.x())
                        .bytes32(KEY.y())
                        .uint(r)
                        .keccak256();
        return new BigInteger(1, hash.toBytes()).mod(P256.ORDER);
    }

    private static ProofOfPossession proof() {
        return ProofOfPossession.prove(SHARE, CONTEXT, SecretScalar.of(BigInteger.valueOf(99)))
                .orElseThrow();
    }

    private static BigInteger next(BigInteger value) {
        return value.equals(LAST) ? BigInteger.ONE : value.add(BigInteger.ONE);
    }

    private static KeyShare share(long secret) {
        return new KeyShare(SecretScalar.of(BigInteger.valueOf(secret).mod(P256.ORDER)));
    }
}
