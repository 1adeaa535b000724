package io.sealroom.privacy.oprf;

import io.sealroom.schemas.hash.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The elements of one request, in order: between 1 and {@link #SIZE_MAX}, none the identity. What a
 * requester sends and an evaluator evaluates; without secrets.
 */
public final class BlindedElements {

    /** Largest batch of the protocol. */
    public static final int SIZE_MAX = 1024;

    private final List<Element> elements;

    BlindedElements(List<Element> elements) {
        this.elements = requireSize(elements);
    }

    /**
     * Reads a foreign request; never throws on bytes. About 15 us for each element: check the
     * signature and the quota first.
     *
     * @param encoded compressed points of 33 bytes
     */
    public static Checked<BlindedElements> decode(List<Bytes> encoded) {
        return elements(encoded).map(BlindedElements::new);
    }

    public int size() {
        return elements.size();
    }

    /** 33 bytes each. */
    public List<Bytes> encoded() {
        return elements.stream().map(Element::encoded).toList();
    }

    List<Element> elements() {
        return elements;
    }

    @Override
    public String toString() {
        return "BlindedElements[" + elements.size() + "]";
    }

    static List<Element> requireSize(List<Element> elements) {
        if (elements.isEmpty() || elements.size() > SIZE_MAX) {
            throw new IllegalArgumentException(
                    String.format("elements must be 1 to %d, got %d", SIZE_MAX, elements.size()));
        }
        return List.copyOf(elements);
    }

    static Checked<List<Element>> elements(List<Bytes> encoded) {
        if (encoded.isEmpty()) {
            return new Checked.Refused<>(EncodingRefusal.BATCH_EMPTY);
        }
        if (encoded.size() > SIZE_MAX) {
            return new Checked.Refused<>(EncodingRefusal.BATCH_TOO_LARGE);
        }
        List<Element> elements = new ArrayList<>(encoded.size());
        for (Bytes bytes : encoded) {
            Checked<Element> element = Element.decode(bytes);
            if (element instanceof Checked.Refused<Element> refused) {
                return new Checked.Refused<>(refused.reason());
            }
            elements.add(element.orElseThrow());
        }
        return new Checked.Accepted<>(elements);
    }
}
