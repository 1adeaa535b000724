package io.sealroom.streaming.publish;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A list that this node signed, as it goes to the signatures topic.
 *
 * @param key u64 start || u64 end
 * @param value SignedReleases in single-object encoding
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes for a topic; never compared.
public record SignatureRecord(byte[] key, byte[] value) {

    public static final TypeInformation<SignatureRecord> TYPE =
            TypeInformation.of(SignatureRecord.class);
}
