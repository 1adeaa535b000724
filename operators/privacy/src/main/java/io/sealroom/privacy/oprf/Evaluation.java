package io.sealroom.privacy.oprf;

import io.sealroom.schemas.hash.Bytes;
import java.util.List;

/**
 * One evaluator's answer: an element for each of the request, and one proof for all. Well formed,
 * but a claim until {@link VoprfRequester#verify} has accepted it.
 */
public final class Evaluation {

    /** Bytes of a proof: c || s. */
    public static final int PROOF_LENGTH = DleqProof.LENGTH;

    private final List<Element> elements;
    private final DleqProof proof;

    Evaluation(List<Element> elements, DleqProof proof) {
        this.elements = BlindedElements.requireSize(elements);
        this.proof = proof;
    }

    /**
     * Reads a foreign answer; never throws on bytes.
     *
     * @param encodedElements compressed points of 33 bytes
     * @param encodedProof 64 bytes
     */
    public static Checked<Evaluation> decode(List<Bytes> encodedElements, Bytes encodedProof) {
        Checked<DleqProof> proof = DleqProof.decode(encodedProof);
        if (proof instanceof Checked.Refused<DleqProof> refused) {
            return new Checked.Refused<>(refused.reason());
        }
        return BlindedElements.elements(encodedElements)
                .map(elements -> new Evaluation(elements, proof.orElseThrow()));
    }

    public int size() {
        return elements.size();
    }

    /** 33 bytes each. */
    public List<Bytes> encodedElements() {
        return elements.stream().map(Element::encoded).toList();
    }

    /** 64 bytes. */
    public Bytes encodedProof() {
        return proof.encoded();
    }

    List<Element> elements() {
        return elements;
    }

    DleqProof proof() {
        return proof;
    }

    @Override
    public String toString() {
        return "Evaluation[" + elements.size() + "]";
    }
}
