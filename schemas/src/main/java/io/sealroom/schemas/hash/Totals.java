package io.sealroom.schemas.hash;

import java.util.ArrayList;
import java.util.List;

/**
 * Commitments that a partner makes for one window, and their EIP-712 struct (PROTOCOL.md sections 4
 * and 5).
 */
public final class Totals {

    private static final byte[] COMMITMENT_TAG = Lp.text("sealroom/totals/v1");
    private static final byte[] SHARE_TAG = Lp.text("sealroom/share-commitment/v1");
    private static final Bytes32 TYPE =
            Digests.id(
                    "Totals(bytes32 partner,bytes32 policyHash,uint64 start,uint64 end,bytes32"
                            + " commitment)");

    private Totals() {}

    /**
     * Totals commitment: hides the counts until somebody has the salt.
     *
     * @param closing count and head of the seal that closes the window, by partition
     * @param salt totals salt, 32 bytes
     */
    public static Bytes32 commitment(
            RoomIdentity identity,
            String partner,
            long start,
            long end,
            List<ChainHead> closing,
            byte[] salt) {
        List<byte[]> fields = context(COMMITMENT_TAG, identity, partner);
        fields.add(identity.policyHash().toBytes());
        fields.add(Lp.u64(start));
        fields.add(Lp.u64(end));
        for (ChainHead head : closing) {
            fields.add(Lp.u64(head.count()));
            fields.add(head.head().toBytes());
        }
        fields.add(salt);
        return Digests.sha256Lp(fields.toArray(byte[][]::new));
    }

    /** Binds a noise share before its partner can see another one. */
    public static Bytes32 shareCommitment(
            RoomIdentity identity, String partner, long start, long end, byte[] share) {
        List<byte[]> fields = context(SHARE_TAG, identity, partner);
        fields.add(Lp.u64(start));
        fields.add(Lp.u64(end));
        fields.add(share);
        return Digests.sha256Lp(fields.toArray(byte[][]::new));
    }

    /** EIP-712 struct hash that the partner signs. */
    public static Bytes32 structHash(
            String partner, Bytes32 policyHash, long start, long end, Bytes32 commitment) {
        return new AbiWords()
                .bytes32(TYPE)
                .bytes32(Digests.id(partner))
                .bytes32(policyHash)
                .uint(start)
                .uint(end)
                .bytes32(commitment)
                .keccak256();
    }

    private static List<byte[]> context(byte[] tag, RoomIdentity identity, String partner) {
        List<byte[]> fields = new ArrayList<>();
        fields.add(tag);
        fields.add(Lp.u64(identity.chainId()));
        fields.add(identity.contract().toBytes());
        fields.add(Lp.text(identity.room()));
        fields.add(Lp.text(partner));
        return fields;
    }
}
