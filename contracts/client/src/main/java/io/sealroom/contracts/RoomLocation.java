package io.sealroom.contracts;

/**
 * Which room is meant: what every signature binds, and what a client checks before it believes an
 * endpoint.
 *
 * @param chainId EIP-155 chain id
 * @param contract the Room's address
 * @param policyHash the policy that the contract must hold
 */
public record RoomLocation(long chainId, Account contract, Word policyHash) {}
