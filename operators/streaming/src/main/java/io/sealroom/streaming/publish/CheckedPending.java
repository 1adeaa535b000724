package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.PendingRelease;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A pending release that {@link PendingCheckFunction} found consistent and of this room.
 *
 * @param key query and window
 * @param end window end, exclusive
 * @param releaseHash recomputed
 * @param value PendingRelease in single-object encoding, as it stood on the topic
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes of a topic; compared by hash only.
public record CheckedPending(ReleaseKey key, long end, Bytes32 releaseHash, byte[] value) {

    public static final TypeInformation<CheckedPending> TYPE =
            TypeInformation.of(CheckedPending.class);

    /** Of a release whose stated hash is the recomputed one. */
    static CheckedPending of(PendingRelease release, byte[] value) {
        var document = release.document();
        return new CheckedPending(
                new ReleaseKey(document.queryId(), document.start()),
                document.end(),
                release.releaseHash(),
                value);
    }

    /**
     * From bytes that were checked before they went into a state.
     *
     * @throws IllegalStateException if they no longer decode
     */
    static CheckedPending restored(byte[] value) {
        return of(decode(value), value);
    }

    public WindowBounds window() {
        return new WindowBounds(key.start(), end);
    }

    /**
     * @throws IllegalStateException if the bytes are not what was checked
     */
    PendingRelease release() {
        return decode(value);
    }

    private static PendingRelease decode(byte[] value) {
        return Codecs.PENDING_RELEASE
                .decode(value)
                .toOptional()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "a checked pending release no longer decodes"));
    }

    @Override
    public String toString() {
        return "CheckedPending[" + key + " " + releaseHash + "]";
    }
}
