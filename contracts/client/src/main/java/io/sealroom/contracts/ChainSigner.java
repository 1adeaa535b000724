package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/**
 * A secp256k1 key that signs digests as the contract takes them: r || s || v, low s, v 27 or 28;
 * nonces are those of RFC 6979, so equal digests give equal bytes. The key never shows in text.
 */
public final class ChainSigner {

    private static final Pattern FORM = Pattern.compile("(0x)?[0-9a-fA-F]{64}");

    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private final ECKeyPair pair;
    private final Account account;

    private ChainSigner(ECKeyPair pair) {
        this.pair = pair;
        this.account = new Account(Numeric.prependHexPrefix(Keys.getAddress(pair)));
    }

    /**
     * The signer of a private key.
     *
     * @param privateKey 64 hex digits, with or without {@code 0x}, in [1, n)
     * @throws IllegalArgumentException if it is not; the message does not say the value
     */
    public static ChainSigner fromHex(String privateKey) {
        if (!FORM.matcher(privateKey).matches()) {
            throw new IllegalArgumentException("privateKey must be 64 hex digits");
        }
        BigInteger key = Numeric.toBigInt(privateKey);
        if (key.signum() == 0 || key.compareTo(ORDER) >= 0) {
            throw new IllegalArgumentException("privateKey must be in [1, n)");
        }
        return new ChainSigner(ECKeyPair.create(key));
    }

    /** The address of the key. */
    public Account account() {
        return account;
    }

    public Signature sign(Word digest) {
        Sign.SignatureData data = Sign.signMessage(digest.toBytes(), pair, false);
        byte[] bytes = new byte[Signature.LENGTH];
        System.arraycopy(data.getR(), 0, bytes, 0, Word.LENGTH);
        System.arraycopy(data.getS(), 0, bytes, Word.LENGTH, Word.LENGTH);
        bytes[Signature.LENGTH - 1] = data.getV()[0];
        return Signature.of(bytes);
    }

    /** For the sender of transactions. */
    ECKeyPair pair() {
        return pair;
    }

    @Override
    public String toString() {
        return "ChainSigner[" + account + "]";
    }
}
