package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 100,000 mutated values for each decoder of a message, a quarter for each seed, and a quarter of
 * that for keys: every one is accepted, and then stands for exactly the bytes that came, or refused
 * with a reason; every reason that the decoder can give is met.
 */
class DecodingCampaignTest {

    private static final int FED = 25_000;

    private static final EnumSet<EncodingRefusal> OF_ELEMENTS =
            EnumSet.of(
                    EncodingRefusal.WRONG_LENGTH,
                    EncodingRefusal.BAD_PREFIX,
                    EncodingRefusal.IDENTITY,
                    EncodingRefusal.X_NOT_CANONICAL,
                    EncodingRefusal.OFF_CURVE);
    private static final EnumSet<EncodingRefusal> OF_SCALARS =
            EnumSet.of(
                    EncodingRefusal.WRONG_LENGTH,
                    EncodingRefusal.SCALAR_ZERO,
                    EncodingRefusal.SCALAR_NOT_CANONICAL);
    private static final EnumSet<EncodingRefusal> OF_BATCHES =
            EnumSet.of(EncodingRefusal.BATCH_EMPTY, EncodingRefusal.BATCH_TOO_LARGE);

    private final Tally tally = new Tally();

    /** With the seed, whatever ended the test. */
    @AfterEach
    void print(TestInfo test) {
        System.out.printf(
                "%s, %s: %s%n",
                test.getTestMethod().orElseThrow().getName(), test.getDisplayName(), tally);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void blindedElements_mutated_areAcceptedAsTheyAreOrRefused(long seed) {
        EncodingMutator mutator = new EncodingMutator(seed);
        for (int i = 0; i < FED; i++) {
            List<Bytes> fed = mutator.elements(batch(mutator, i));
            Checked<BlindedElements> decoded = BlindedElements.decode(fed);
            tally.count(decoded);
            decoded.accepted().ifPresent(batch -> assertThat(batch.encoded()).isEqualTo(fed));
        }
        tally.assertAll(union(List.of(OF_ELEMENTS, OF_BATCHES)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void evaluations_mutated_areAcceptedAsTheyAreOrRefused(long seed) {
        EncodingMutator mutator = new EncodingMutator(seed);
        for (int i = 0; i < FED; i++) {
            List<Bytes> elements = mutator.elements(batch(mutator, i));
            Bytes proof = mutator.proof(mutator.scalars());
            Checked<Evaluation> decoded = Evaluation.decode(elements, proof);
            tally.count(decoded);
            decoded.accepted()
                    .ifPresent(
                            evaluation -> {
                                assertThat(evaluation.encodedElements()).isEqualTo(elements);
                                assertThat(evaluation.encodedProof()).isEqualTo(proof);
                            });
        }
        tally.assertAll(union(List.of(OF_ELEMENTS, OF_SCALARS, OF_BATCHES)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void proofsOfPossession_mutated_areAcceptedAsTheyAreOrRefused(long seed) {
        EncodingMutator mutator = new EncodingMutator(seed);
        for (int i = 0; i < FED; i++) {
            Bytes fed = mutator.proof(mutator.scalars());
            Checked<ProofOfPossession> decoded = ProofOfPossession.decode(fed);
            tally.count(decoded);
            decoded.accepted().ifPresent(proof -> assertThat(proof.encoded()).isEqualTo(fed));
        }
        tally.assertAll(OF_SCALARS);
    }

    /** The second implementation has a say on some: its criterion is slow. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 5)
    void publicKeys_mutated_areAcceptedAsTheyAreOrRefused(long seed) {
        EncodingMutator mutator = new EncodingMutator(seed);
        for (int i = 0; i < FED; i++) {
            Bytes fed = mutator.element(mutator.element());
            Checked<PublicKeyShare> decoded = PublicKeyShare.decode(fed);
            tally.count(decoded);
            decoded.accepted().ifPresent(key -> assertThat(key.encoded()).isEqualTo(fed));
            if (i % 32 == 0) {
                assertThat(decoded.accepted().isPresent())
                        .isEqualTo(SecondImplementation.isElement(fed.toBytes()));
            }
        }
        tally.assertAll(OF_ELEMENTS);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 5)
    void wordsOnChain_mutated_areAcceptedAsTheyAreOrRefused(long seed) {
        EncodingMutator mutator = new EncodingMutator(seed);
        Random random = new Random(seed);
        for (int i = 0; i < FED; i++) {
            Bytes32[] fed = words(mutator, random);
            Checked<PublicKeyShare> decoded = PublicKeyShare.ofWords(fed[0], fed[1]);
            tally.count(decoded);
            decoded.accepted()
                    .ifPresent(key -> assertThat(List.of(key.x(), key.y())).containsExactly(fed));
        }
        tally.assertAll(
                EnumSet.of(
                        EncodingRefusal.IDENTITY,
                        EncodingRefusal.X_NOT_CANONICAL,
                        EncodingRefusal.OFF_CURVE));
    }

    /** Mostly small: a good batch costs 15 us for each element. */
    private static List<Bytes> batch(EncodingMutator mutator, int i) {
        List<Bytes> batch = new ArrayList<>();
        for (int size = i % 8 == 0 ? 4 : 1 + i % 2; size > 0; size--) {
            batch.add(mutator.element());
        }
        return batch;
    }

    /** The words of a good key, one of them changed, and sometimes the other's. */
    private static Bytes32[] words(EncodingMutator mutator, Random random) {
        Element good = Element.decode(mutator.element()).orElseThrow();
        byte[] changed = Arrays.copyOf(mutator.element(good.encoded()).toBytes(), 33);
        Bytes32 x = Bytes32.of(Arrays.copyOfRange(changed, 1, 33));
        return switch (random.nextInt(5)) {
            case 0 -> new Bytes32[] {x, good.y()};
            case 1 -> new Bytes32[] {x, x};
            case 2 -> new Bytes32[] {good.x(), x};
            default -> new Bytes32[] {good.x(), good.y()};
        };
    }

    private static EnumSet<EncodingRefusal> union(List<EnumSet<EncodingRefusal>> sets) {
        EnumSet<EncodingRefusal> union = EnumSet.noneOf(EncodingRefusal.class);
        sets.forEach(union::addAll);
        return union;
    }

    /** What became of what was fed. */
    private static final class Tally {

        private final Map<EncodingRefusal, Integer> refused = new EnumMap<>(EncodingRefusal.class);
        private int accepted;

        void count(Checked<?> decoded) {
            if (decoded instanceof Checked.Refused<?> refusal) {
                refused.merge(refusal.reason(), 1, Integer::sum);
            } else {
                accepted++;
            }
        }

        void assertAll(EnumSet<EncodingRefusal> reasons) {
            assertThat(accepted + refused.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(FED);
            assertThat(accepted).isGreaterThan(FED / 10);
            assertThat(refused.keySet()).isEqualTo(reasons);
        }

        @Override
        public String toString() {
            return accepted + " accepted, refused " + refused;
        }
    }
}
