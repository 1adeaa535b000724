package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
        for (int size : new int[] {1025, 65_535}) {
            assertRefused(Collections.nCopies(size, ELEMENT), EncodingRefusal.BATCH_TOO_LARGE);
            assertRefused(Collections.nCopies(size, Bytes.EMPTY), EncodingRefusal.BATCH_TOO_LARGE);
        }
    }

    @Test
    void construct_sizeOutsideTheLimits_isAFault() {
        Element element = Element.of(P256.GENERATOR);
        DleqProof proof = new DleqProof(BigInteger.ONE, BigInteger.ONE);
        for (int size : new int[] {0, 1025}) {
            List<Element> elements = Collections.nCopies(size, element);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new BlindedElements(elements))
                    .withMessage("elements must be 1 to 1024, got " + size);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Evaluation(elements, proof))
                    .withMessage("elements must be 1 to 1024, got " + size);
        }
    }

    @Test
    void construct_batchWithoutABlindOrAnElementForEveryInput_isAFault() {
        List<OprfInput> inputs = VoprfFixture.inputs(2);
        List<SecretScalar> blinds = Collections.nCopies(2, SecretScalar.of(BigInteger.ONE));
        BlindedElements one = BlindedElements.decode(List.of(ELEMENT)).orElseThrow();
        BlindedElements two = BlindedElements.decode(List.of(ELEMENT, ELEMENT)).orElseThrow();

        assertThat(new BlindedBatch(inputs, blinds, two).inputCount()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlindedBatch(inputs, blinds, one));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlindedBatch(inputs, blinds.subList(0, 1), two));
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
