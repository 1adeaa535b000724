package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * What there is one result for, for ever: key of the gate and of the topics of releases.
 *
 * @param query keccak256 of the query's name
 * @param start window start, epoch milliseconds
 */
public record ReleaseKey(Bytes32 query, long start) {

    public static final TypeInformation<ReleaseKey> TYPE = TypeInformation.of(ReleaseKey.class);

    /** Key of a Kafka record: query id || u64 start. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(Bytes32.LENGTH + Long.BYTES)
                .put(query.toBytes())
                .putLong(start)
                .array();
    }

    /** Reads what {@link #toBytes} gives; empty for anything else. */
    static Optional<ReleaseKey> ofBytes(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != Bytes32.LENGTH + Long.BYTES) {
            return Optional.empty();
        }
        Bytes32 query = Bytes32.of(Arrays.copyOf(bytes, Bytes32.LENGTH));
        return Optional.of(new ReleaseKey(query, ByteBuffer.wrap(bytes).getLong(Bytes32.LENGTH)));
    }
}
