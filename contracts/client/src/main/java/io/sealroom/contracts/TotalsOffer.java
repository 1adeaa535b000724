package io.sealroom.contracts;

/**
 * A supplying partner's commitment to its input of a window.
 *
 * @param signature EIP-712 Totals by the partner; {@link Signature#NONE} once the contract holds
 *     this commitment
 */
public record TotalsOffer(Word commitment, Signature signature) {}
