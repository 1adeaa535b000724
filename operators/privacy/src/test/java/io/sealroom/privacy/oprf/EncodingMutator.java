package io.sealroom.privacy.oprf;

import io.sealroom.schemas.hash.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.util.BigIntegers;

/**
 * Changes encoded elements and pairs of scalars as an attacker would who knows the format: besides
 * bits and lengths it aims at the identity, at numbers beyond the prime and the order, at zero, and
 * at the order of a batch. Seeded, so that what failed can be had again.
 */
final class EncodingMutator {

    private static final int POOL = 64;

    private final Random random;
    private final List<Bytes> pool;
    private final Bytes uncompressed = Bytes.of(P256.GENERATOR.getEncoded(false));

    EncodingMutator(long seed) {
        random = new Random(seed);
        pool =
                IntStream.range(0, POOL)
                        .mapToObj(i -> new BigInteger(512, random).mod(P256.ORDER))
                        .map(P256.GENERATOR::multiply)
                        .map(point -> Element.of(point).encoded())
                        .toList();
    }

    static Bytes flip(Bytes bytes, int bit) {
        byte[] flipped = bytes.toBytes();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return Bytes.of(flipped);
    }

    /** A good element. */
    Bytes element() {
        return pool.get(random.nextInt(POOL));
    }

    /** A good pair of scalars. */
    Bytes scalars() {
        return pair(scalar(), scalar());
    }

    /** One element changed, or as it was. */
    Bytes element(Bytes good) {
        return switch (random.nextInt(12)) {
            case 0 -> flip(good, random.nextInt(8 * good.length()));
            case 1 -> flip(good, random.nextInt(8));
            case 2 -> withX(P256.FIELD.add(BigInteger.valueOf(random.nextInt(1000))));
            case 3 -> Bytes.of(new byte[random.nextBoolean() ? 1 : P256.ELEMENT_LENGTH]);
            case 4 -> withX(new BigInteger(256, random));
            case 5 -> resized(good);
            case 6 -> uncompressed;
            case 7 -> element();
            default -> good;
        };
    }

    /** A batch with an element changed, or its order or number, or as it was. */
    List<Bytes> elements(List<Bytes> good) {
        List<Bytes> batch = new ArrayList<>(good);
        int place = random.nextInt(batch.size());
        switch (random.nextInt(12)) {
            case 0 -> Collections.shuffle(batch, random);
            case 1 -> batch.set(place, batch.get(random.nextInt(batch.size())));
            case 2 -> batch.remove(place);
            case 3 -> batch.add(place, element());
            case 4 -> batch.clear();
            case 5 -> {
                return Collections.nCopies(
                        BlindedElements.SIZE_MAX + 1 + random.nextInt(70_000), batch.get(0));
            }
            case 6, 7, 8, 9 -> batch.set(place, element(batch.get(place)));
            default -> {
                return batch;
            }
        }
        return batch;
    }

    /** Two scalars of which one is changed, or as they were. */
    Bytes proof(Bytes good) {
        BigInteger[] pair = {half(good, 0), half(good, P256.SCALAR_LENGTH)};
        int place = random.nextInt(2);
        switch (random.nextInt(10)) {
            case 0 -> {
                return flip(good, random.nextInt(8 * good.length()));
            }
            case 1 -> pair[place] = BigInteger.ZERO;
            case 2 -> pair[place] = P256.ORDER.add(BigInteger.valueOf(random.nextInt(3)));
            case 3 -> pair[place] = new BigInteger(256, random);
            case 4 -> Collections.reverse(Arrays.asList(pair));
            case 5 -> {
                return resized(good);
            }
            case 6 -> pair[place] = P256.ORDER.subtract(pair[place]);
            default -> {
                return good;
            }
        }
        return pair(pair[0], pair[1]);
    }

    private BigInteger scalar() {
        return new BigInteger(512, random).mod(P256.ORDER).max(BigInteger.ONE);
    }

    private Bytes withX(BigInteger x) {
        byte[] bytes = new byte[P256.ELEMENT_LENGTH];
        bytes[0] = (byte) (2 + random.nextInt(2));
        BigIntegers.asUnsignedByteArray(x, bytes, 1, P256.SCALAR_LENGTH);
        return Bytes.of(bytes);
    }

    private Bytes resized(Bytes good) {
        return Bytes.of(Arrays.copyOf(good.toBytes(), random.nextInt(2 * good.length())));
    }

    private static BigInteger half(Bytes good, int from) {
        return BigIntegers.fromUnsignedByteArray(good.toBytes(), from, P256.SCALAR_LENGTH);
    }

    private static Bytes pair(BigInteger first, BigInteger second) {
        byte[] bytes = new byte[2 * P256.SCALAR_LENGTH];
        BigIntegers.asUnsignedByteArray(first, bytes, 0, P256.SCALAR_LENGTH);
        BigIntegers.asUnsignedByteArray(second, bytes, P256.SCALAR_LENGTH, P256.SCALAR_LENGTH);
        return Bytes.of(bytes);
    }
}
