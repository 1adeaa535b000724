package io.sealroom.streaming.source;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.record.Seal;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;

/** A partner's signature under another nonce: as valid as the first, and other bytes. */
final class SecondSignature {

    private static final ECDomainParameters CURVE =
            new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));

    private SecondSignature() {}

    static Seal of(TestingRoom room, TestingPartner partner, Seal seal) {
        Bytes32 digest =
                room.identity().digest(seal.structHash(partner.name(), partner.partitions()));
        byte[] key = TestingKeys.chainKey(partner.name());
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA512Digest()));
        signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, key), CURVE));
        BigInteger[] rs = signer.generateSignature(digest.toBytes());
        BigInteger other = CURVE.getN().subtract(rs[1]);
        byte[] signature = new byte[Secp256k1.SIGNATURE_LENGTH];
        BigIntegers.asUnsignedByteArray(rs[0], signature, 0, 32);
        BigIntegers.asUnsignedByteArray(rs[1].min(other), signature, 32, 32);
        for (byte v = 27; v <= 28; v++) {
            signature[64] = v;
            if (Secp256k1.recover(digest, signature)
                    .filter(TestingKeys.address(partner.name())::equals)
                    .isPresent()) {
                return seal.signed(Bytes.of(signature));
            }
        }
        throw new IllegalStateException("a fresh signature recovers to its signer");
    }
}
