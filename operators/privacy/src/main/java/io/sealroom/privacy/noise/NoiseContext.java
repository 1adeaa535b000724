package io.sealroom.privacy.noise;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.hash.RoomIdentity;
import java.util.ArrayList;
import java.util.List;

/**
 * What the noise of one (query, window) is bound to. It holds no commitment and no root: those
 * depend on salts that a partner could choose to try several noises over one input.
 *
 * @param semantics version of the meaning of rows, an unsigned 32-bit number
 * @param room chain, contract, room and policy
 * @param query id of the query's name
 * @param start start of the window, epoch milliseconds
 * @param end end of the window, exclusive
 * @param heads for every supplying partner in policy order, for every partition rising: count and
 *     head stated by the seal that closes the window
 */
public record NoiseContext(
        int semantics,
        RoomIdentity room,
        Bytes32 query,
        long start,
        long end,
        List<List<ChainHead>> heads) {

    private static final byte[] TAG = Lp.text("sealroom/noise/v1");

    /**
     * @throws IllegalArgumentException for an empty window, no partner, or a partner without a
     *     partition
     */
    public NoiseContext {
        if (start >= end) {
            throw new IllegalArgumentException(
                    "start must be before end, got " + start + " and " + end);
        }
        if (heads.isEmpty() || heads.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    "heads must hold a partner at least, and a partition for each");
        }
        heads = heads.stream().map(List::copyOf).toList();
    }

    /** The HKDF salt. */
    Bytes32 salt() {
        List<byte[]> fields =
                new ArrayList<>(
                        List.of(
                                TAG,
                                Lp.u32(semantics),
                                Lp.u64(room.chainId()),
                                room.contract().toBytes(),
                                Lp.text(room.room()),
                                room.policyHash().toBytes(),
                                query.toBytes(),
                                Lp.u64(start),
                                Lp.u64(end)));
        for (List<ChainHead> partitions : heads) {
            for (ChainHead partition : partitions) {
                fields.add(Lp.u64(partition.count()));
                fields.add(partition.head().toBytes());
            }
        }
        return Digests.sha256Lp(fields.toArray(byte[][]::new));
    }
}
