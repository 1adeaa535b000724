package io.sealroom.schemas.policy;

import io.sealroom.schemas.hash.Bytes32;

/**
 * Somebody who may replay windows and is trusted like a node.
 *
 * @param name names its ciphertext in seals
 * @param hpkePublicKey X25519 public key that window secrets are encrypted to
 */
public record Auditor(String name, Bytes32 hpkePublicKey) {}
