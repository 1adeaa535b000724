package io.sealroom.schemas.release;

import io.sealroom.schemas.hash.Bytes32;

/**
 * What a node states of one query in a window.
 *
 * @param query id of the query
 * @param releaseHash PROTOCOL.md section 8
 */
public record ReleaseEntry(Bytes32 query, Bytes32 releaseHash) {}
