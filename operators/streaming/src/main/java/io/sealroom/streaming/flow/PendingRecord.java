package io.sealroom.streaming.flow;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import java.nio.ByteBuffer;

/**
 * A pending release as it goes to the pending topic.
 *
 * @param key query id || u64 start
 * @param value PendingRelease in single-object encoding
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes for a topic; never compared.
public record PendingRecord(byte[] key, byte[] value) {

    /** The record of a release. */
    public static PendingRecord of(ReleaseDocument document) {
        byte[] key =
                ByteBuffer.allocate(Bytes32.LENGTH + Long.BYTES)
                        .put(document.queryId().toBytes())
                        .put(Lp.u64(document.start()))
                        .array();
        return new PendingRecord(key, Codecs.PENDING_RELEASE.encode(PendingRelease.of(document)));
    }
}
