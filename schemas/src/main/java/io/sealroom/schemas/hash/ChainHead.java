package io.sealroom.schemas.hash;

/**
 * Running digest of one partition: it commits to every record so far, in offset order, whatever the
 * record is.
 *
 * @param count records so far
 * @param head {@code h(count)} of PROTOCOL.md section 3
 */
public record ChainHead(long count, Bytes32 head) {

    private static final byte[] TAG = Lp.text("sealroom/log/v1");
    private static final byte[] EMPTY = new byte[0];

    /** The head before the first record of a partition. */
    public static ChainHead genesis(String room, String partner, int partition, int partitions) {
        return new ChainHead(
                0,
                Digests.sha256Lp(
                        TAG,
                        Lp.text(room),
                        Lp.text(partner),
                        Lp.u32(partition),
                        Lp.u32(partitions)));
    }

    /** The head after one more record; a null value counts as empty. */
    public ChainHead next(byte @org.jspecify.annotations.Nullable [] value) {
        return nextHashed(Digests.sha256(value == null ? EMPTY : value));
    }

    /** The head after one more record whose value has the given SHA-256. */
    public ChainHead nextHashed(Bytes32 valueHash) {
        return new ChainHead(count + 1, Digests.sha256(head.toBytes(), valueHash.toBytes()));
    }
}
