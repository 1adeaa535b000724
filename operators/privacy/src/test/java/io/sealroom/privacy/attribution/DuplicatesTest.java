package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sealroom.schemas.hash.Bytes32;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DuplicatesTest {

    private static final long SLICE = 10;
    private static final Duplicates DUPLICATES = new Duplicates(SLICE);

    @Test
    void standing_sameKey_smallerTimeStands() {
        assertThat(standing(List.of(event(0, true, 1, 5, 1), event(0, true, 1, 3, 9))))
                .containsExactly(event(0, true, 1, 3, 9));
    }

    @Test
    void standing_sameKeyAndTime_smallerDigestUnsignedStands() {
        assertThat(standing(List.of(event(0, false, 1, 5, -1), event(0, false, 1, 5, 1))))
                .containsExactly(event(0, false, 1, 5, 1));
    }

    @Test
    void standing_otherPartnerKindOrId_allStand() {
        assertThat(
                        standing(
                                List.of(
                                        event(0, true, 1, 5, 1),
                                        event(1, true, 1, 5, 2),
                                        event(0, false, 1, 5, 3),
                                        event(0, true, 2, 5, 4))))
                .hasSize(4);
    }

    @Test
    void standing_repeatInALaterSlice_exposureStandsConversionDoesNot() {
        ConversionIds ids = ConversionIds.none(0);
        DUPLICATES.standing(List.of(event(0, true, 1, 9, 1), event(0, false, 1, 9, 1)), ids);
        assertThat(
                        DUPLICATES.standing(
                                List.of(event(0, true, 1, 10, 0), event(0, false, 1, 10, 0)), ids))
                .containsExactly(event(0, false, 1, 10, 0));
    }

    @Test
    void standing_severalSlicesAtOnce_exposuresMeetWithinTheirSliceOnly() {
        assertThat(
                        standing(
                                List.of(
                                        event(0, false, 1, 9, 1),
                                        event(0, false, 1, 10, 1),
                                        event(0, false, 1, 11, 1))))
                .containsExactly(event(0, false, 1, 9, 1), event(0, false, 1, 10, 1));
    }

    @Test
    void standing_anyArrivalOrderAndAnySlicing_equalsTheNaiveRule() {
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            List<StampedEvent<Integer>> events = new ArrayList<>();
            for (int i = random.nextInt(25); i > 0; i--) {
                events.add(
                        event(
                                random.nextInt(2),
                                random.nextBoolean(),
                                random.nextInt(3) - 1,
                                random.nextInt(40),
                                random.nextInt(4) - 2));
            }
            List<StampedEvent<Integer>> expected = naive(events);
            Collections.shuffle(events, random);

            List<StampedEvent<Integer>> standing = new ArrayList<>();
            ConversionIds ids = ConversionIds.none(7);
            long from = 0;
            while (from < 40) {
                long start = from;
                long end = from + SLICE * (1 + random.nextInt(3));
                standing.addAll(
                        DUPLICATES.standing(
                                events.stream()
                                        .filter(e -> e.time() >= start && e.time() < end)
                                        .toList(),
                                ids));
                ids = throughBytes(ids);
                from = end;
            }
            assertThat(standing).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(ids.epoch()).isEqualTo(7);
        }
    }

    @Test
    void standing_idsChosenToCollide_costsNoSquare() {
        List<StampedEvent<Integer>> flood = new ArrayList<>();
        for (int i = 0; i < 400_000; i++) {
            // The second half undoes the first in the key's hash code: only two hash codes in all.
            flood.add(
                    new StampedEvent<>(
                            new EventKey(0, i % 2 == 0, i, Integer.toUnsignedLong(-31 * i)),
                            i % 10,
                            new Bytes32(i, 0, 0, 0),
                            i));
        }
        assertThat(flood.stream().map(event -> event.key().hashCode()).distinct()).hasSize(2);
        ConversionIds ids = ConversionIds.none(0);
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(DUPLICATES.standing(flood, ids)).hasSize(400_000));
        assertThat(ids.words()).isEqualTo(2 + 3 * 200_000);
    }

    @Test
    void construct_sliceNotPositive_refused() {
        assertThatThrownBy(() -> new Duplicates(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_ids_notShown() {
        ConversionIds ids = ConversionIds.none(3);
        ids.addAll(List.of(new EventKey(0, true, 12345, 678)));
        assertThat(ids).hasToString("ConversionIds[epoch 3, 1 ids]");
    }

    private static List<StampedEvent<Integer>> naive(List<StampedEvent<Integer>> events) {
        Map<String, StampedEvent<Integer>> byKey = new HashMap<>();
        for (StampedEvent<Integer> event : events) {
            String key =
                    event.key()
                            + (event.key().conversion() ? "" : " slice " + event.time() / SLICE);
            byKey.merge(
                    key,
                    event,
                    (a, b) -> {
                        if (a.time() != b.time()) {
                            return a.time() < b.time() ? a : b;
                        }
                        return a.digest().toHex().compareTo(b.digest().toHex()) <= 0 ? a : b;
                    });
        }
        return List.copyOf(byKey.values());
    }

    private static List<StampedEvent<Integer>> standing(List<StampedEvent<Integer>> events) {
        return DUPLICATES.standing(events, ConversionIds.none(0));
    }

    private static StampedEvent<Integer> event(
            int partner, boolean conversion, long id, long time, long digest) {
        return new StampedEvent<>(
                new EventKey(partner, conversion, id, -id),
                time,
                new Bytes32(digest, 0, 0, 0),
                (int) digest);
    }

    private static ConversionIds throughBytes(ConversionIds ids) {
        LongBuffer words = LongBuffer.allocate(ids.words());
        ids.write(words);
        assertThat(words.hasRemaining()).isFalse();
        return ConversionIds.read(words.flip());
    }
}
