package io.sealroom.contracts;

import java.util.List;

/**
 * The part of the policy that the contract stores and enforces; the arguments of its constructor.
 *
 * @param room keccak256 of the room's id
 * @param policyHash hash of the whole policy
 * @param start of the room
 * @param end of the room
 * @param semantics version of the meaning of rows
 * @param finalityDepth blocks on top of one that make it final; 0: the chain's finalized tag
 * @param quorum node signatures a release needs, more than half of the nodes
 * @param partners policy order
 * @param nodes policy order
 * @param queries policy order
 */
public record RoomConfiguration(
        Word room,
        Word policyHash,
        long start,
        long end,
        int semantics,
        int finalityDepth,
        int quorum,
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
     * @param signer its chain key
     * @param supplies whether it has an events topic
     */
    public record Partner(Word id, Account signer, boolean supplies) {}

    /**
     * A question of the policy.
     *
     * @param id keccak256 of its name
     */
    public record Query(Word id, long windowMillis) {}
}
