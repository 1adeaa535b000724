package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import java.util.List;

/**
 * A list that a quorum signed, this node's own hashes all of them.
 *
 * @param queries in the order that was signed
 * @param signatures as many as the quorum needs, rising by the nodes' addresses
 */
record AgreedList(List<Bytes32> queries, List<CheckedSignature> signatures) {}
