package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

class VoprfEvaluatorTest {

    private final KeyShare share = new VoprfFixture(1, 7).share(0);
    private final VoprfEvaluator evaluator = new VoprfEvaluator(share);

    /** Two proofs s = r - c k under one nonce r are two equations in two unknowns: k is out. */
    @Test
    void evaluate_batchAfterBatch_neverRepeatsTheNonceOfAProof() {
        Set<Element> commitments = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            BlindedBatch batch = new VoprfRequester().blind(VoprfFixture.inputs(1));
            DleqProof proof = evaluator.evaluate(batch.elements()).proof();

            assertThat(commitments.add(Element.of(commitment(proof)))).isTrue();
        }
    }

    /** r G = s G + c k G. */
    private ECPoint commitment(DleqProof proof) {
        return P256.sumWithGenerator(proof.s(), share.publicKey().element().point(), proof.c());
    }
}
