package io.sealroom.streaming.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.attribution.Touch;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.streaming.release.PartitionCover;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record of a stream, a key or a state is serialised without Kryo. */
class StreamTypesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                AdmittedConversion.class,
                AdmittedEvent.class,
                Contribution.class,
                ConversionKey.class,
                ExactTotal.class,
                MatchedConversion.class,
                PartitionCover.class,
                PartnerTouches.class,
                PendingRecord.class,
                Probe.class,
                SourceRecord.class,
                TokenKey.class,
                TotalKey.class,
                Verdict.class,
                WindowKey.class,
                WindowVerdict.class,
                Withheld.class
            })
    void typeInformation_streamRecord_pojoWithoutKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }

    @Test
    void serializer_listOfTouches_comesBack() throws Exception {
        EventId id = new EventId(1, 2);
        for (List<Touch> touches :
                List.of(List.<Touch>of(), List.of(new Touch(1, 2, 3, 4, true)))) {
            MatchedConversion conversion =
                    new MatchedConversion(
                            2,
                            new TokenKey(0, 1, 2, 3, 4),
                            id,
                            5,
                            6,
                            7,
                            List.of(new PartnerTouches(1, touches)));
            assertThat(copy(conversion, MatchedConversion.class)).isEqualTo(conversion);
        }
    }

    @Test
    void serializer_conversionWithAndWithoutAnOlderToken_comesBack() throws Exception {
        AdmittedEvent event =
                new AdmittedEvent(
                        1,
                        new TokenKey(0, 1, 2, 3, 4),
                        new EventId(1, 2),
                        EventKind.CONVERSION,
                        5,
                        -1,
                        6,
                        Bytes32.ZERO);
        for (AdmittedConversion conversion :
                List.of(
                        new AdmittedConversion(event, null),
                        new AdmittedConversion(event, new TokenKey(0, 5, 6, 7, 8)))) {
            assertThat(copy(conversion, AdmittedConversion.class)).isEqualTo(conversion);
        }
    }

    @Test
    void serializer_withheldWithoutPartner_comesBack() throws Exception {
        Withheld withheld = new Withheld("query", 1, 2, WithheldReason.DUPLICATE_SHARE, null, null);
        assertThat(copy(withheld, Withheld.class)).isEqualTo(withheld);
    }

    private static <T> T copy(T value, Class<T> type) throws Exception {
        var serializer = TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
