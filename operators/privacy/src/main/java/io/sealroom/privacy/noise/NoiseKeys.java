package io.sealroom.privacy.noise;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Lp;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The noise keys and leaf salts of the rows of one (query, window), PROTOCOL.md section 7. Holds
 * the secret PRK; not shown by {@link #toString}.
 */
public final class NoiseKeys {

    private static final byte[] NOISE = Lp.text("noise");
    private static final byte[] LEAF = Lp.text("leaf");
    private static final int KEY_LENGTH = 32;

    private final byte[] prk;

    private NoiseKeys(byte[] prk) {
        this.prk = prk;
    }

    /**
     * @param shares of all partners that supply events, in policy order: one for each partner of
     *     {@code context}
     * @throws IllegalArgumentException if their number differs, or two shares are equal: a partner
     *     that copies another's share would leave the noise to fewer parties than agreed
     */
    public static NoiseKeys derive(NoiseContext context, List<NoiseShare> shares) {
        if (shares.size() != context.heads().size()) {
            throw new IllegalArgumentException(
                    "shares must be one for each supplying partner, expected "
                            + context.heads().size()
                            + ", got "
                            + shares.size());
        }
        for (int i = 0; i < shares.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (shares.get(i).repeats(shares.get(j))) {
                    throw new IllegalArgumentException(
                            "shares must differ, got the same for partners " + j + " and " + i);
                }
            }
        }
        ByteBuffer keyMaterial =
                ByteBuffer.allocate(shares.size() * (Address.LENGTH + NoiseShare.LENGTH));
        for (NoiseShare share : shares) {
            keyMaterial.put(share.partner().toBytes()).put(share.secret());
        }
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        byte[] prk = hkdf.extractPRK(context.salt().toBytes(), keyMaterial.array());
        Arrays.fill(keyMaterial.array(), (byte) 0);
        return new NoiseKeys(prk);
    }

    /**
     * The stream of one row, from its beginning.
     *
     * @param metric 0 to 255, PROTOCOL.md section 8
     * @param cell id of the row's cell, zero for totals
     * @param row index of the row in its release
     */
    public NoiseStream stream(int metric, Bytes32 cell, int row) {
        return new NoiseStream(noiseKey(metric, cell, row));
    }

    /** The salt of one row's Merkle leaf, released with the row. */
    public Bytes32 leafSalt(int row) {
        return Bytes32.of(expand(LEAF, Lp.u32(row)));
    }

    byte[] noiseKey(int metric, Bytes32 cell, int row) {
        return expand(NOISE, Lp.u8(metric), cell.toBytes(), Lp.u32(row));
    }

    private byte[] expand(byte[]... label) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(HKDFParameters.skipExtractParameters(prk, Lp.of(label)));
        byte[] out = new byte[KEY_LENGTH];
        hkdf.generateBytes(out, 0, out.length);
        return out;
    }

    @Override
    public String toString() {
        return "NoiseKeys[redacted]";
    }
}
