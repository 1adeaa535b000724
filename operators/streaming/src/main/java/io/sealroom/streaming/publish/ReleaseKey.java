package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.typeinfo.TypeInformation;

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
}
