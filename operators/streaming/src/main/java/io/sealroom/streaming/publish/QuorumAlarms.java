package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;

/** Who is told when nodes of a window do not say the same. */
interface QuorumAlarms {

    /**
     * A node signed another hash than the one expected.
     *
     * @param node position in the policy
     * @param expected this node's own, or what the chain decided on
     */
    void disagrees(int node, Bytes32 query, Bytes32 expected, Bytes32 signed);

    /** A node signed two hashes. */
    void equivocates(int node, Bytes32 query, Bytes32 first, Bytes32 second);
}
