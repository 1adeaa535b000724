package io.sealroom.schemas.release;

import io.sealroom.schemas.hash.AbiWords;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.MerkleTree;
import io.sealroom.schemas.hash.RoomIdentity;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one window of one query and everything that their release hash covers.
 *
 * @param identity chain, contract, room, policy
 * @param semantics version of the meaning of rows
 * @param query name of the query
 * @param start window start, epoch milliseconds
 * @param end window end, exclusive
 * @param rows by index from 0
 * @param mechanisms one for each family, in row order
 * @param totals one for each supplying partner, in policy order
 */
public record ReleaseDocument(
        RoomIdentity identity,
        int semantics,
        String query,
        long start,
        long end,
        List<ReleaseRow> rows,
        List<MechanismEntry> mechanisms,
        List<TotalsEntry> totals) {

    private static final Bytes32 TAG = Digests.id("sealroom/release/v1");
    private static final int WORD = Bytes32.LENGTH;

    public ReleaseDocument {
        rows = List.copyOf(rows);
        mechanisms = List.copyOf(mechanisms);
        totals = List.copyOf(totals);
    }

    public Bytes32 queryId() {
        return Digests.id(query);
    }

    /** The mechanism of a metric's rows; those of several partners' reach are alike. */
    public Optional<MechanismEntry> mechanism(Metric metric) {
        return mechanisms.stream().filter(entry -> entry.metric() == metric).findFirst();
    }

    /** Root of the StandardMerkleTree over the rows' leaves. */
    public Bytes32 root() {
        Bytes32 id = queryId();
        return MerkleTree.root(rows.stream().map(row -> row.leaf(id, start, end)).toList());
    }

    /** keccak256 of abi.encode of the mechanisms, an array of static tuples. */
    public Bytes32 mechanismsHash() {
        AbiWords words = new AbiWords().uint(WORD).uint(mechanisms.size());
        for (MechanismEntry entry : mechanisms) {
            words.uint(entry.metric().code())
                    .uint(entry.mechanism())
                    .uint(entry.scaleNumerator())
                    .uint(entry.scaleDenominator())
                    .uint(entry.threshold());
        }
        return words.keccak256();
    }

    /** keccak256 of abi.encode of the commitments. */
    public Bytes32 totalsHash() {
        AbiWords words = new AbiWords().uint(WORD).uint(totals.size());
        totals.forEach(entry -> words.bytes32(entry.commitment()));
        return words.keccak256();
    }

    /** The release hash of PROTOCOL.md section 8. */
    public Bytes32 releaseHash() {
        return new AbiWords()
                .bytes32(TAG)
                .uint(semantics)
                .uint(identity.chainId())
                .address(identity.contract())
                .bytes32(Digests.id(identity.room()))
                .bytes32(identity.policyHash())
                .bytes32(queryId())
                .uint(start)
                .uint(end)
                .uint(rows.size())
                .bytes32(root())
                .bytes32(totalsHash())
                .bytes32(mechanismsHash())
                .keccak256();
    }

    /** What a node signs of it. */
    public ReleaseEntry entry() {
        return new ReleaseEntry(queryId(), releaseHash());
    }
}
