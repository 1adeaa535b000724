package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Lp;
import java.util.ArrayList;
import java.util.List;

/**
 * A partner's word on one window that its seal of partition 0 ends (PROTOCOL.md section 5).
 *
 * @param start window start, epoch milliseconds
 * @param end window end, exclusive
 * @param commitment totals commitment
 * @param commitmentSignature EIP-712 Totals, 65 bytes
 * @param shareCommitment binds the noise share before anybody sees another one
 * @param secrets one for each node and auditor, in policy order
 */
public record WindowPart(
        long start,
        long end,
        Bytes32 commitment,
        Bytes commitmentSignature,
        Bytes32 shareCommitment,
        List<RecipientSecret> secrets) {

    /** More recipients than a policy may name. */
    public static final int SECRETS_MAX = 64;

    public WindowPart {
        secrets = List.copyOf(secrets);
    }

    /** The bytes that the seal's signature covers. */
    public byte[] signedBytes() {
        List<byte[]> fields = new ArrayList<>();
        fields.add(Lp.u64(start));
        fields.add(Lp.u64(end));
        fields.add(commitment.toBytes());
        fields.add(commitmentSignature.toBytes());
        fields.add(shareCommitment.toBytes());
        for (RecipientSecret secret : secrets) {
            fields.add(
                    Lp.of(
                            Lp.text(secret.recipient()),
                            secret.enc().toBytes(),
                            secret.ciphertext().toBytes()));
        }
        return Lp.of(fields.toArray(byte[][]::new));
    }
}
