package io.sealroom.streaming.flow;

import io.sealroom.schemas.hash.Bytes32;

/**
 * A valid seal: its partition is complete for slices [from, to).
 *
 * @param partner position of the partner in the policy
 * @param partition partition of its events topic
 * @param from first slice start, epoch milliseconds
 * @param to end of the last slice, exclusive
 * @param count records before the seal
 * @param head chain head before the seal
 * @param reanchor the partition was damaged after {@code from}: no window of [from, to) can be
 *     released
 * @param seal the seal's record as it stood on the topic; its window parts are read where they are
 *     judged
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Flink serialises byte[] as it is; verdicts are never compared.
public record Verdict(
        int partner,
        int partition,
        long from,
        long to,
        long count,
        Bytes32 head,
        boolean reanchor,
        byte[] seal) {}
