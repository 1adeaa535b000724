package io.sealroom.schemas.release;

import io.sealroom.schemas.hash.AbiWords;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.MerkleTree;
import java.math.BigInteger;

/**
 * One released row: noisy and thresholded.
 *
 * @param key what it is about
 * @param status OK or SUPPRESSED
 * @param value noisy value in the metric's unit; 0 where suppressed
 * @param salt 32 bytes that keep the leaf from being guessed
 */
public record ReleaseRow(RowKey key, RowStatus status, BigInteger value, Bytes32 salt) {

    /** The Merkle leaf: hash of the canonical bytes. */
    public Bytes32 leaf(Bytes32 query, long start, long end) {
        return MerkleTree.leaf(canonicalBytes(query, start, end));
    }

    /** abi.encode of the leaf's nine values, 288 bytes. */
    public byte[] canonicalBytes(Bytes32 query, long start, long end) {
        return new AbiWords()
                .uint(key.index())
                .bytes32(query)
                .uint(start)
                .uint(end)
                .bytes32(key.cell())
                .uint(key.metric().code())
                .uint(status.code())
                .int256(value)
                .bytes32(salt)
                .toBytes();
    }
}
