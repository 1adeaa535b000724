package io.sealroom.streaming.publish;

import java.nio.ByteBuffer;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A window of the room, whatever is asked of it: key of the quorum, because nodes sign by window.
 *
 * @param start epoch milliseconds
 * @param end exclusive
 */
public record WindowBounds(long start, long end) {

    public static final TypeInformation<WindowBounds> TYPE = TypeInformation.of(WindowBounds.class);

    /** Key of a Kafka record: u64 start || u64 end. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(start).putLong(end).array();
    }

    @Override
    public String toString() {
        return start + ".." + end;
    }
}
