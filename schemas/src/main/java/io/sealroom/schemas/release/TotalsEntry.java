package io.sealroom.schemas.release;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;

/**
 * A supplying partner's signed commitment to its input of the window.
 *
 * @param partner name in the policy
 * @param commitment totals commitment of PROTOCOL.md section 5
 * @param signature EIP-712 Totals by the partner
 */
public record TotalsEntry(String partner, Bytes32 commitment, Bytes signature) {}
