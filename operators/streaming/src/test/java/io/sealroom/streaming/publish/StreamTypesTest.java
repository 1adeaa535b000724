package io.sealroom.streaming.publish;

import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTypesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                CheckedPending.class,
                HeldPending.class,
                ReceiptRecord.class,
                ReleaseKey.class,
                ReleaseRecord.class
            })
    void streamAndStateRecords_serialisedWithoutKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }
}
