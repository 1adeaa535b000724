package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/** Blinding keys made of a partner's id and the epoch, and their proofs of possession. */
final class TestKeys {

    private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");

    private TestKeys() {}

    static EpochKey key(Word partner, long epoch) {
        return point(secret(partner, epoch));
    }

    /** One per epoch of the room. */
    static List<EpochKey> keys(RoomConfiguration room, Word partner) {
        List<EpochKey> keys = new ArrayList<>();
        for (long epoch = room.firstEpoch(); epoch <= room.lastEpoch(); epoch++) {
            keys.add(key(partner, epoch));
        }
        return keys;
    }

    /** One per epoch of the room. */
    static List<KeyProof> proofs(RoomLocation location, RoomConfiguration room, Word partner) {
        List<KeyProof> proofs = new ArrayList<>();
        for (long epoch = room.firstEpoch(); epoch <= room.lastEpoch(); epoch++) {
            proofs.add(proof(location, room.room(), partner, epoch));
        }
        return proofs;
    }

    static KeyProof proof(RoomLocation location, Word room, Word partner, long epoch) {
        BigInteger secret = secret(partner, epoch);
        BigInteger nonce = scalar(RoomDigests.id("nonce of " + partner + epoch + location));
        Word r = word(number(point(nonce).x()).mod(P256.getN()));
        Word challenge = RoomDigests.keyChallenge(location, room, partner, epoch, point(secret), r);
        BigInteger c = number(challenge).mod(P256.getN());
        return new KeyProof(r, word(nonce.add(c.multiply(secret)).mod(P256.getN())));
    }

    private static BigInteger secret(Word partner, long epoch) {
        return scalar(RoomDigests.id("secret of " + partner + epoch));
    }

    private static EpochKey point(BigInteger secret) {
        ECPoint point = P256.getG().multiply(secret).normalize();
        return new EpochKey(
                word(point.getAffineXCoord().toBigInteger()),
                word(point.getAffineYCoord().toBigInteger()));
    }

    private static BigInteger scalar(Word word) {
        return number(word).mod(P256.getN());
    }

    private static BigInteger number(Word word) {
        return new BigInteger(1, word.toBytes());
    }

    private static Word word(BigInteger value) {
        return Word.fromHex(String.format("%064x", value));
    }
}
