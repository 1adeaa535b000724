package io.sealroom.privacy.oprf;

import java.util.List;

/**
 * A requester's side of one batch: the inputs and their secret blinds, and the elements to send.
 * Blinded once; the same elements go to every partner. Positions after the inputs are padding:
 * random elements that no evaluator can tell from the others.
 */
public final class BlindedBatch {

    private final List<OprfInput> inputs;
    private final List<SecretScalar> blinds;
    private final BlindedElements elements;

    BlindedBatch(List<OprfInput> inputs, List<SecretScalar> blinds, BlindedElements elements) {
        if (blinds.size() != elements.size() || elements.size() < inputs.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            "elements must not be fewer than the %d inputs and blinds be one for"
                                    + " each element, got %d and %d",
                            inputs.size(), elements.size(), blinds.size()));
        }
        this.inputs = List.copyOf(inputs);
        this.blinds = List.copyOf(blinds);
        this.elements = elements;
    }

    /** What every partner gets. */
    public BlindedElements elements() {
        return elements;
    }

    /** Number of tokens that the batch gives; padding gives none. */
    public int inputCount() {
        return inputs.size();
    }

    /** Overwrites the blinds: no token can be computed from this batch any more. */
    public void erase() {
        blinds.forEach(SecretScalar::erase);
    }

    List<OprfInput> inputs() {
        return inputs;
    }

    /** Of all elements, those of the padding too. */
    List<SecretScalar> blinds() {
        return blinds;
    }

    @Override
    public String toString() {
        return "BlindedBatch[" + inputs.size() + " of " + elements.size() + ", redacted]";
    }
}
