package io.sealroom.schemas.hash;

import java.util.List;

/**
 * OpenZeppelin's StandardMerkleTree: leaves sorted, pairs hashed in order of their bytes, a
 * complete binary tree.
 */
public final class MerkleTree {

    private MerkleTree() {}

    /**
     * The leaf of already abi-encoded values: hashed twice, so that no inner node can pass for a
     * leaf.
     */
    public static Bytes32 leaf(byte[] encoded) {
        return Digests.keccak256(Digests.keccak256(encoded).toBytes());
    }

    /**
     * @throws IllegalArgumentException if there is no leaf
     */
    public static Bytes32 root(List<Bytes32> leaves) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("leaves must not be empty");
        }
        List<Bytes32> sorted = leaves.stream().sorted().toList();
        Bytes32[] tree = new Bytes32[2 * sorted.size() - 1];
        for (int i = 0; i < sorted.size(); i++) {
            tree[tree.length - 1 - i] = sorted.get(i);
        }
        for (int i = tree.length - 1 - sorted.size(); i >= 0; i--) {
            tree[i] = hashPair(tree[2 * i + 1], tree[2 * i + 2]);
        }
        return tree[0];
    }

    private static Bytes32 hashPair(Bytes32 a, Bytes32 b) {
        return a.compareTo(b) < 0
                ? Digests.keccak256(a.toBytes(), b.toBytes())
                : Digests.keccak256(b.toBytes(), a.toBytes());
    }
}
