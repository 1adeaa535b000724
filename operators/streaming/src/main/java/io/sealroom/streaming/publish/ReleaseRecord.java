package io.sealroom.streaming.publish;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A release as it goes to the releases topic.
 *
 * @param key query id || u64 start
 * @param value Release in single-object encoding
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes for a topic; never compared.
public record ReleaseRecord(byte[] key, byte[] value) {

    public static final TypeInformation<ReleaseRecord> TYPE =
            TypeInformation.of(ReleaseRecord.class);
}
