package io.sealroom.schemas.policy;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;

/**
 * A compute node.
 *
 * @param name names its topics and transactional ids
 * @param address of its chain key
 * @param hpkePublicKey X25519 public key that window secrets are encrypted to
 */
public record Node(String name, Address address, Bytes32 hpkePublicKey) {}
