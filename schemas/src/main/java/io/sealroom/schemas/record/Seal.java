package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.AbiWords;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import java.util.List;

/**
 * In-band statement that a partition is complete for slices [from, to) (PROTOCOL.md section 5).
 *
 * @param partition the partition that carries it
 * @param from first slice start, epoch milliseconds
 * @param to end of the last slice, exclusive
 * @param count records of the partition before this one
 * @param head chain head before this one
 * @param policyHash the policy under which it was made
 * @param reanchor true: the partition was damaged since the last good seal, and goes on from what
 *     it holds
 * @param windows partition 0 only: one part for each window that ends at {@code to}
 * @param signature EIP-712 Seal by the partner, 65 bytes
 */
public record Seal(
        int partition,
        long from,
        long to,
        long count,
        Bytes32 head,
        Bytes32 policyHash,
        boolean reanchor,
        List<WindowPart> windows,
        Bytes signature) {

    /** More window lengths than a policy may have. */
    public static final int WINDOWS_MAX = 16;

    private static final Bytes32 TYPE =
            Digests.id(
                    "Seal(bytes32 partner,bytes32 policyHash,uint32 partition,uint32 partitions,uint64"
                            + " from,uint64 to,uint64 count,bytes32 head,bool reanchor,bytes32"
                            + " windows)");

    public Seal {
        windows = List.copyOf(windows);
    }

    /**
     * The EIP-712 struct hash that the partner signs.
     *
     * @param partner name of the partner whose topic carries the seal
     * @param partitions partitions of that topic
     */
    public Bytes32 structHash(String partner, int partitions) {
        byte[][] parts = windows.stream().map(WindowPart::signedBytes).toArray(byte[][]::new);
        return new AbiWords()
                .bytes32(TYPE)
                .bytes32(Digests.id(partner))
                .bytes32(policyHash)
                .uint(partition)
                .uint(partitions)
                .uint(from)
                .uint(to)
                .uint(count)
                .bytes32(head)
                .bool(reanchor)
                .bytes32(Digests.sha256(Lp.of(parts)))
                .keccak256();
    }

    /** The same seal with another signature. */
    public Seal signed(Bytes newSignature) {
        return new Seal(
                partition, from, to, count, head, policyHash, reanchor, windows, newSignature);
    }
}
