package io.sealroom.contracts;

/**
 * A node's EIP-712 signature of the releases of a window.
 *
 * @param node who signed, so that signatures can be ordered without recovering
 */
public record NodeSignature(Account node, Signature signature) {}
