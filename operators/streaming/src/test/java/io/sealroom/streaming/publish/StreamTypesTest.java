package io.sealroom.streaming.publish;

import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTypesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                CheckedPending.class,
                CheckedSignature.class,
                HeldPending.class,
                QuorumInput.class,
                QuorumOffer.class,
                QuorumTimers.class,
                ReceiptRecord.class,
                ReleaseKey.class,
                ReleaseRecord.class,
                SignatureRecord.class,
                WindowBounds.class,
                WindowMemory.class
            })
    void streamAndStateRecords_serialisedWithoutKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }
}
