package io.sealroom.contracts;

import java.util.List;

/**
 * The part of the policy that the contract stores and enforces; the arguments of its constructor.
 *
 * @param room keccak256 of the room's id
 * @param policyHash hash of the whole policy
 * @param start of the room
 * @param end of the room
 * @param epochMillis length of a key and budget period
 * @param quota elements that a partner may have evaluated per epoch
 * @param semantics version of the meaning of rows
 * @param finalityDepth blocks on top of one that make it final; 0: the chain's finalized tag
 * @param quorum node signatures a release needs, more than half of the nodes
 * @param ledger the budget ledger that is charged
 * @param partners policy order
 * @param nodes policy order
 * @param queries policy order
 */
public record RoomConfiguration(
        Word room,
        Word policyHash,
        long start,
        long end,
        long epochMillis,
        long quota,
        int semantics,
        int finalityDepth,
        int quorum,
        Account ledger,
        List<Partner> partners,
        List<Account> nodes,
        List<Query> queries) {

    public RoomConfiguration {
        partners = List.copyOf(partners);
        nodes = List.copyOf(nodes);
        queries = List.copyOf(queries);
    }

    /**
     * A party to the policy.
     *
     * @param id keccak256 of its name
     * @param approver approves the room, may end it, and owns the data set; a key or a contract
     *     wallet (ERC-1271)
     * @param signer its agent's chain key, that signs totals; may be the approver
     * @param dataset what its events are charged to in the ledger, see {@link RoomDigests#dataset};
     *     zero for a partner that supplies none
     */
    public record Partner(Word id, Account approver, Account signer, Word dataset) {

        /** Whether it has an events topic. */
        public boolean supplies() {
            return !dataset.isZero();
        }
    }

    /**
     * A question of the policy.
     *
     * @param id keccak256 of its name
     * @param windowMillis length of its windows
     * @param charge what its releases of one epoch cost, zCDP micro-rho, whatever their number
     * @param datasets bit i: it reads the events of partner i, whose data set pays
     */
    public record Query(Word id, long windowMillis, long charge, int datasets) {}

    /** Index of the epoch that the room starts in. */
    public long firstEpoch() {
        return start / epochMillis;
    }

    /** Index of the epoch that the room's last window lies in. */
    public long lastEpoch() {
        return (end - 1) / epochMillis;
    }
}
