package io.sealroom.privacy.oprf;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/** A group element other than the identity, affine, together with its encoding. */
final class Element {

    private final ECPoint point;
    private final Bytes encoded;

    private Element(ECPoint point, Bytes encoded) {
        this.point = point;
        this.encoded = encoded;
    }

    /** DeserializeElement (RFC 9497 section 4.3). Never throws on bytes. */
    static Checked<Element> decode(Bytes encoded) {
        byte[] bytes = encoded.toBytes();
        if (bytes.length == 1 && bytes[0] == 0) {
            return new Checked.Refused<>(EncodingRefusal.IDENTITY);
        }
        if (bytes.length != P256.ELEMENT_LENGTH) {
            return new Checked.Refused<>(EncodingRefusal.WRONG_LENGTH);
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, bytes.length));
        if (bytes[0] == 0 && x.signum() == 0) {
            return new Checked.Refused<>(EncodingRefusal.IDENTITY);
        }
        if (bytes[0] != 2 && bytes[0] != 3) {
            return new Checked.Refused<>(EncodingRefusal.BAD_PREFIX);
        }
        if (x.compareTo(P256.FIELD) >= 0) {
            return new Checked.Refused<>(EncodingRefusal.X_NOT_CANONICAL);
        }
        try {
            return new Checked.Accepted<>(new Element(P256.CURVE.decodePoint(bytes), encoded));
        } catch (IllegalArgumentException noPointHasThisX) {
            return new Checked.Refused<>(EncodingRefusal.OFF_CURVE);
        }
    }

    /**
     * The element with these affine coordinates, big-endian, as they stand on chain. Never throws
     * on words.
     */
    static Checked<Element> ofWords(Bytes32 x, Bytes32 y) {
        // The EVM writes the identity like that.
        if (x.equals(Bytes32.ZERO) && y.equals(Bytes32.ZERO)) {
            return new Checked.Refused<>(EncodingRefusal.IDENTITY);
        }
        byte[] compressed = new byte[P256.ELEMENT_LENGTH];
        compressed[0] = (byte) (2 + (y.w3() & 1));
        System.arraycopy(x.toBytes(), 0, compressed, 1, Bytes32.LENGTH);
        Checked<Element> element = decode(Bytes.of(compressed));
        // One y belongs to x and its own last bit: any other, not canonical ones too, is none.
        return element.accepted().filter(found -> !found.y().equals(y)).isPresent()
                ? new Checked.Refused<>(EncodingRefusal.OFF_CURVE)
                : element;
    }

    /** The elements at the points, with one field inversion for all. Overwrites the array. */
    static List<Element> normaliseAll(ECPoint[] points) {
        P256.CURVE.normalizeAll(points);
        return Arrays.stream(points).map(Element::ofNormalised).toList();
    }

    /**
     * The elements at the points.
     *
     * @param points affine
     */
    static List<Element> ofAffine(List<ECPoint> points) {
        return points.stream().map(Element::ofNormalised).toList();
    }

    static Element of(ECPoint point) {
        return normaliseAll(new ECPoint[] {point}).get(0);
    }

    /** On the curve instance of {@link P256}, affine. */
    ECPoint point() {
        return point;
    }

    /** SerializeElement: 33 bytes. */
    Bytes encoded() {
        return encoded;
    }

    /** Affine coordinate, big-endian. */
    Bytes32 x() {
        return Bytes32.of(point.getAffineXCoord().getEncoded());
    }

    /** Affine coordinate, big-endian. */
    Bytes32 y() {
        return Bytes32.of(point.getAffineYCoord().getEncoded());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Element that && encoded.equals(that.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    private static Element ofNormalised(ECPoint point) {
        if (point.isInfinity()) {
            throw new IllegalStateException("an element must not be the identity");
        }
        return new Element(point, Bytes.of(point.getEncoded(true)));
    }
}
