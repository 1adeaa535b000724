package io.sealroom.privacy.oprf;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Partners with seeded shares of a key, and inputs. */
final class VoprfFixture {

    private final BigInteger jointKey;
    private final List<KeyShare> shares;

    VoprfFixture(int partners, long seed) {
        Random random = new Random(seed);
        jointKey = new BigInteger(512, random).mod(P256.ORDER);
        shares = RfcVectorsTest.split(jointKey, partners, random);
    }

    KeyShare share(int partner) {
        return shares.get(partner);
    }

    KeyShare jointShare() {
        return new KeyShare(SecretScalar.of(jointKey));
    }

    PartnerKeys keys() {
        return PartnerKeys.of(shares.stream().map(KeyShare::publicKey).toList()).orElseThrow();
    }

    List<Evaluation> evaluate(BlindedBatch batch) {
        return shares.stream()
                .map(share -> new VoprfEvaluator(share).evaluate(batch.elements()))
                .toList();
    }

    static List<OprfInput> inputs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("input " + i).getBytes(StandardCharsets.US_ASCII))
                .map(bytes -> OprfInput.ofBytes(bytes, 0))
                .toList();
    }
}
