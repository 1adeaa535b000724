package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;

/**
 * Totals salt and noise share of one window, encrypted to one node or auditor.
 *
 * @param recipient name in the policy
 * @param enc HPKE encapsulated key
 * @param ciphertext 80 bytes: 64 of plaintext and the tag
 */
public record RecipientSecret(String recipient, Bytes32 enc, Bytes ciphertext) {

    public static final int CIPHERTEXT_LENGTH = 80;
}
