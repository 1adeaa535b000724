package io.sealroom.streaming.publish;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A release as it goes to the releases topic.
 *
 * @param key query and window; {@link ReleaseKey#toBytes} on the topic
 * @param value Release in single-object encoding
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes for a topic; never compared.
public record ReleaseRecord(ReleaseKey key, byte[] value) {

    public static final TypeInformation<ReleaseRecord> TYPE =
            TypeInformation.of(ReleaseRecord.class);
}
