package io.sealroom.schemas.release;

import io.sealroom.schemas.hash.Bytes32;

/**
 * Where the chain recorded a release hash. It lies outside the hash.
 *
 * @param transaction hash of the transaction
 * @param blockNumber number of the final block
 * @param blockHash hash of that block
 */
public record Receipt(Bytes32 transaction, long blockNumber, Bytes32 blockHash) {}
