package io.sealroom.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.schemas.Vectors;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Totals;
import org.junit.jupiter.api.Test;

class GoldenRecordTest {

    private static final JsonNode STRUCTS = Vectors.read("eip712.json").required("structs");

    private static Bytes32 golden(String struct) {
        return Vectors.bytes32(STRUCTS.required(struct).required("structHash"));
    }

    @Test
    void structHash_seal_equalsGolden() {
        assertThat(Samples.seal().structHash("publisher", 2)).isEqualTo(golden("Seal"));
    }

    @Test
    void structHash_requestAndReply_equalGolden() {
        assertThat(Samples.request().structHash()).isEqualTo(golden("EvaluationRequest"));
        assertThat(Samples.reply().structHash()).isEqualTo(golden("EvaluationReply"));
    }

    @Test
    void structHash_totals_equalsGolden() {
        WindowPart part = Samples.part();
        assertThat(
                        Totals.structHash(
                                "publisher",
                                Samples.seal().policyHash(),
                                part.start(),
                                part.end(),
                                part.commitment()))
                .isEqualTo(golden("Totals"));
    }

    /** Bytes on topics are frozen: a changed schema or codec fails here. */
    @Test
    void encode_samples_equalGoldenBytes() {
        assertGolden(
                "blinded-event.json", "exposure", Codecs.BLINDED_EVENT.encode(Samples.exposure()));
        assertGolden(
                "blinded-event.json",
                "conversion",
                Codecs.BLINDED_EVENT.encode(Samples.conversion()));
        assertGolden("seal.json", "seal", Codecs.SEAL.encode(Samples.seal()));
    }

    private static void assertGolden(String file, String name, byte[] bytes) {
        assertThat(Bytes.of(bytes)).isEqualTo(Vectors.bytes(Vectors.read(file).required(name)));
    }
}
