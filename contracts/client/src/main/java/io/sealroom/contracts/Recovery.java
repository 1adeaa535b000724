package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.Arrays;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Who signed a digest, with the refusals of OpenZeppelin's ECDSA. */
final class Recovery {

    private static final BigInteger HALF_ORDER =
            new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);

    private Recovery() {}

    static Account recover(Word digest, Signature signature) {
        byte[] bytes = signature.toBytes();
        Revert.unless(
                bytes.length == Signature.LENGTH, "ECDSAInvalidSignatureLength", bytes.length);
        byte[] high = Arrays.copyOfRange(bytes, Word.LENGTH, 2 * Word.LENGTH);
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(bytes, 0, Word.LENGTH));
        BigInteger s = new BigInteger(1, high);
        Revert.unless(
                s.compareTo(HALF_ORDER) <= 0, "ECDSAInvalidSignatureS", Word.of(high).toString());
        int v = bytes[Signature.LENGTH - 1];
        Revert.unless(
                (v == 27 || v == 28) && r.signum() > 0 && s.signum() > 0, "ECDSAInvalidSignature");
        BigInteger key = keyOf(v - 27, new ECDSASignature(r, s), digest);
        Revert.unless(key.signum() != 0, "ECDSAInvalidSignature");
        return new Account(Numeric.prependHexPrefix(Keys.getAddress(key)));
    }

    private static BigInteger keyOf(int recoveryId, ECDSASignature signature, Word digest) {
        try {
            BigInteger key = Sign.recoverFromSignature(recoveryId, signature, digest.toBytes());
            return key == null ? BigInteger.ZERO : key;
        } catch (IllegalArgumentException noSuchPoint) {
            return BigInteger.ZERO;
        }
    }
}
