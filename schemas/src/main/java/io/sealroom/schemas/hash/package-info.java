/**
 * Byte strings under hashes and signatures: length prefixes, digests, chain heads, Merkle trees,
 * EIP-712 (PROTOCOL.md sections 3, 4 and 8).
 */
@NullMarked
package io.sealroom.schemas.hash;

import org.jspecify.annotations.NullMarked;
