package io.sealroom.schemas.release;

import io.sealroom.schemas.hash.AbiWords;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.RoomIdentity;
import java.util.List;

/**
 * The release hashes that one node states for a window, under one signature (PROTOCOL.md section
 * 4): what nodes exchange and the Room counts. The signature names the node, so the record does
 * not.
 *
 * @param start window start, epoch milliseconds
 * @param end window end, exclusive
 * @param releases one for each query, 1 to 64; in policy order where they come together
 * @param signature EIP-712 Releases by a node
 */
public record SignedReleases(long start, long end, List<ReleaseEntry> releases, Bytes signature) {

    /** As many queries as a policy may have. */
    public static final int RELEASES_MAX = 64;

    private static final String ENTRY = "Release(bytes32 query,bytes32 releaseHash)";
    private static final Bytes32 ENTRY_TYPE = Digests.id(ENTRY);
    private static final Bytes32 TYPE =
            Digests.id(
                    "Releases(bytes32 policyHash,uint64 start,uint64 end,Release[] releases)"
                            + ENTRY);

    /**
     * @throws IllegalArgumentException with no release, or more than {@link #RELEASES_MAX}
     */
    public SignedReleases {
        releases = List.copyOf(releases);
        if (releases.isEmpty() || releases.size() > RELEASES_MAX) {
            throw new IllegalArgumentException(
                    String.format(
                            "releases must be 1 to %d, got %d", RELEASES_MAX, releases.size()));
        }
    }

    /** Not signed yet. */
    public static SignedReleases unsigned(long start, long end, List<ReleaseEntry> releases) {
        return new SignedReleases(start, end, releases, Bytes.EMPTY);
    }

    /** The EIP-712 struct hash that the node signs. */
    public Bytes32 structHash(Bytes32 policyHash) {
        AbiWords hashes = new AbiWords();
        releases.forEach(entry -> hashes.bytes32(structHash(entry)));
        return new AbiWords()
                .bytes32(TYPE)
                .bytes32(policyHash)
                .uint(start)
                .uint(end)
                .bytes32(hashes.keccak256())
                .keccak256();
    }

    /** The EIP-712 digest that the node signs. */
    public Bytes32 digest(RoomIdentity identity) {
        return identity.digest(structHash(identity.policyHash()));
    }

    public SignedReleases signed(Bytes newSignature) {
        return new SignedReleases(start, end, releases, newSignature);
    }

    private static Bytes32 structHash(ReleaseEntry entry) {
        return new AbiWords()
                .bytes32(ENTRY_TYPE)
                .bytes32(entry.query())
                .bytes32(entry.releaseHash())
                .keccak256();
    }
}
