package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlindedElementsTest {

    private static final Bytes ELEMENT = Element.of(P256.GENERATOR).encoded();
    private static final Bytes PROOF = new DleqProof(BigInteger.ONE, BigInteger.ONE).encoded();

    @Test
    void limits_ofRequestAndReply_areThoseOfTheRecords() {
        assertThat(BlindedElements.SIZE_MAX).isEqualTo(EvaluationRequest.ELEMENTS_MAX);
        assertThat(PublicKeyShare.LENGTH).isEqualTo(EvaluationRequest.ELEMENT_LENGTH);
        assertThat(Evaluation.PROOF_LENGTH).isEqualTo(EvaluationReply.PROOF_LENGTH);
    }

    @Test
    void decode_goodElements_keepTheirOrder() {
        List<Bytes> encoded =
                List.of(Element.of(P256.GENERATOR.twice()).encoded(), ELEMENT, ELEMENT);

        assertThat(BlindedElements.decode(encoded).orElseThrow().encoded()).isEqualTo(encoded);
        Evaluation evaluation = Evaluation.decode(encoded, PROOF).orElseThrow();
        assertThat(evaluation.encodedElements()).isEqualTo(encoded);
        assertThat(evaluation.encodedProof()).isEqualTo(PROOF);
    }

    @Test
    void decode_noElements_isRefused() {
        assertRefused(List.of(), EncodingRefusal.BATCH_EMPTY);
    }

    @Test
    void decode_moreThanTheLimit_isRefusedUnread() {
        assertRefused(Collections.nCopies(1025, Bytes.EMPTY), EncodingRefusal.BATCH_TOO_LARGE);
    }

    @Test
    void decode_limit_isAccepted() {
        assertThat(BlindedElements.decode(Collections.nCopies(1024, ELEMENT)).orElseThrow().size())
                .isEqualTo(1024);
    }

    @Test
    void decode_oneBadElement_refusesAll() {
        assertRefused(List.of(ELEMENT, Bytes.of(new byte[33]), ELEMENT), EncodingRefusal.IDENTITY);
        assertRefused(List.of(ELEMENT, Bytes.EMPTY), EncodingRefusal.WRONG_LENGTH);
    }

    @Test
    void decode_badProof_isRefused() {
        assertThat(Evaluation.decode(List.of(ELEMENT), Bytes.EMPTY))
                .isEqualTo(new Checked.Refused<>(EncodingRefusal.WRONG_LENGTH));
        assertThat(Evaluation.decode(List.of(ELEMENT), Bytes.of(new byte[64])))
                .isEqualTo(new Checked.Refused<>(EncodingRefusal.SCALAR_ZERO));
    }

    private static void assertRefused(List<Bytes> encoded, EncodingRefusal reason) {
        assertThat(BlindedElements.decode(encoded)).isEqualTo(new Checked.Refused<>(reason));
        assertThat(Evaluation.decode(encoded, PROOF)).isEqualTo(new Checked.Refused<>(reason));
    }
}
