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
        this.elements = List.copyOf(elements);
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
