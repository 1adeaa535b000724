package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Address;

/**
 * A node's signature as the contract counts it.
 *
 * @param node the node's address
 * @param signature 65 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes for the contract; never compared.
public record QuorumSignature(Address node, byte[] signature) {}
