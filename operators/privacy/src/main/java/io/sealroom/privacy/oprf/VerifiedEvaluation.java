package io.sealroom.privacy.oprf;

import java.util.List;

/**
 * One partner's answer to one batch whose proof has been verified; there is no other way to one.
 */
public final class VerifiedEvaluation {

    private final BlindedElements batch;
    private final PublicKeyShare key;
    private final List<Element> elements;

    VerifiedEvaluation(BlindedElements batch, PublicKeyShare key, List<Element> elements) {
        this.batch = batch;
        this.key = key;
        this.elements = elements;
    }

    /** The key under which the proof holds. */
    public PublicKeyShare key() {
        return key;
    }

    /** Whether this answers exactly this batch. */
    boolean answers(BlindedElements other) {
        return batch == other;
    }

    List<Element> elements() {
        return elements;
    }

    @Override
    public String toString() {
        return "VerifiedEvaluation[" + elements.size() + "]";
    }
}
