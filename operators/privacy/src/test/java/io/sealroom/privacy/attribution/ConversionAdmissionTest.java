package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.attribution.AdmissionRules.Capped;
import io.sealroom.privacy.attribution.AdmissionRules.Supplier;
import io.sealroom.privacy.attribution.ConversionAdmission.Admitted;
import io.sealroom.schemas.hash.Bytes32;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Queries 1 and 2 count partner 0, query 4 partner 3. */
class ConversionAdmissionTest {

    private static final Duplicates DUPLICATES = new Duplicates(10);
    private static final AdmissionRules RULES =
            new AdmissionRules(
                    List.of(
                            new Capped(1, 2, false),
                            new Capped(2, 3, true),
                            new Capped(4, 1, true)),
                    List.of(new Supplier(0, List.of(0, 1)), new Supplier(3, List.of(2))));

    private final ConversionAdmission admission = new ConversionAdmission(RULES, 7);

    @Test
    void admit_moreThanC_firstByTimeThenUnsignedIdInEachQuery() {
        assertThat(admit(List.of(at(9, 5), at(5, -1), at(5, 1), at(4, 7))))
                .containsExactly("4/7 110", "5/1 110", "5/-1 100");
        assertThat(admit(List.of(at(14, 1)))).isEmpty();
    }

    @Test
    void admit_slicesInTurn_capsGoOn() {
        assertThat(admit(List.of(at(1, 1)))).containsExactly("1/1 110");
        assertThat(admit(List.of(at(11, 2), at(12, 3)))).containsExactly("11/2 110", "12/3 100");
    }

    @Test
    void isFresh_untilAConversionStands() {
        assertThat(admission.isFresh()).isTrue();
        admission.admit(List.of(stamped(1, 1, 1)), DUPLICATES);
        assertThat(admission.isFresh()).isTrue();
        admit(List.of(at(1, 1)));
        assertThat(admission.isFresh()).isFalse();
    }

    @Test
    void admit_duplicateOfAnEarlierSlice_neitherAdmittedNorCut() {
        admit(List.of(at(1, 1)));
        assertThat(admit(List.of(at(11, 1), at(12, 2), at(13, 3))))
                .containsExactly("12/2 110", "13/3 100");
        // All caps are used up, none has cut: it still knows a repeat from a conversion.
        assertThat(admit(List.of(at(21, 3)))).isEmpty();
        assertThat(admission.cut()).isZero();
        admit(List.of(at(31, 4)));
        assertThat(admission.cut()).isEqualTo(0b100);
    }

    @Test
    void admit_anotherPartner_capsApart() {
        assertThat(admit(List.of(stamped(3, 1, 1), stamped(0, 1, 1), stamped(2, 1, 1))))
                .containsExactlyInAnyOrder("1/1 110", "1/1 10000");
    }

    @Test
    void cut_queryThatDoesNotReport_neverInIt() {
        admit(List.of(at(1, 1), at(1, 2), at(1, 3)));
        assertThat(admission.cut()).isZero();
        admit(List.of(at(11, 4), at(11, 5), stamped(3, 11, 1), stamped(3, 11, 2)));
        assertThat(admission.cut()).isEqualTo(0b10100);
    }

    @Test
    void words_everythingDecided_idsAreForgotten() {
        int empty = admission.words();
        List<StampedEvent<String>> flood = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            flood.add(at(5, i));
        }
        admission.admit(flood.subList(0, 3), DUPLICATES);
        assertThat(admission.words()).isEqualTo(empty + 9);
        admission.admit(flood, DUPLICATES);
        assertThat(admission.words()).isEqualTo(empty);
    }

    @Test
    void toString_content_notShown() {
        assertThat(admission).hasToString("ConversionAdmission[epoch 7]");
    }

    @Test
    void admit_sliceBySlicePackedInBetween_equalsTheWholeEpoch() {
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            AdmissionRules rules = randomRules(random);
            List<StampedEvent<String>> all = new ArrayList<>();
            for (int i = random.nextInt(25); i > 0; i--) {
                all.add(stamped(random.nextInt(3), random.nextInt(40), random.nextInt(9)));
            }
            Collections.shuffle(all, random);
            Map<Long, List<StampedEvent<String>>> slices = new TreeMap<>();
            for (StampedEvent<String> event : all) {
                slices.computeIfAbsent(event.time() / 10, it -> new ArrayList<>()).add(event);
            }
            Map<String, Long> admitted = new HashMap<>();
            ConversionAdmission state = new ConversionAdmission(rules, 7);
            for (List<StampedEvent<String>> slice : slices.values()) {
                state.admit(slice, DUPLICATES)
                        .forEach(it -> admitted.merge(it.event(), it.queries(), (a, b) -> -1L));
                state = packed(rules, state);
            }
            Map<String, Long> expected = new HashMap<>();
            long cut = byDefinition(rules, all, expected);
            assertThat(admitted).as("seed %s", seed).isEqualTo(expected);
            assertThat(state.cut()).as("seed %s", seed).isEqualTo(cut);
        }
    }

    private static AdmissionRules randomRules(Random random) {
        List<Capped> queries = new ArrayList<>();
        List<List<Integer>> positions =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            positions.get(random.nextInt(3)).add(queries.size());
            queries.add(
                    new Capped(3 * queries.size(), 1 + random.nextInt(4), random.nextBoolean()));
        }
        List<Supplier> suppliers = new ArrayList<>();
        for (int partner = 0; partner < 3; partner++) {
            if (!positions.get(partner).isEmpty()) {
                suppliers.add(new Supplier(partner, positions.get(partner)));
            }
        }
        return new AdmissionRules(queries, suppliers);
    }

    /** Query by query over the whole epoch; gives the queries that cut. */
    private static long byDefinition(
            AdmissionRules rules, List<StampedEvent<String>> all, Map<String, Long> admitted) {
        long cut = 0;
        for (Supplier supplier : rules.suppliers()) {
            Set<EventKey> seen = new HashSet<>();
            List<StampedEvent<String>> standing =
                    all.stream()
                            .filter(it -> it.key().partner() == supplier.partner())
                            .sorted(StampedEvent.PRECEDENCE)
                            .filter(it -> seen.add(it.key()))
                            .sorted(
                                    Comparator.<StampedEvent<String>>comparingLong(
                                                    StampedEvent::time)
                                            .thenComparingLong(it -> it.key().idHigh()))
                            .toList();
            for (int position : supplier.queries()) {
                Capped query = rules.queries().get(position);
                standing.stream()
                        .limit(query.conversionsMax())
                        .forEach(it -> admitted.merge(it.event(), query.bit(), (a, b) -> a | b));
                if (query.reported() && standing.size() > query.conversionsMax()) {
                    cut |= query.bit();
                }
            }
        }
        return cut;
    }

    private static ConversionAdmission packed(AdmissionRules rules, ConversionAdmission state) {
        LongBuffer words = LongBuffer.allocate(state.words());
        state.writeCaps(words);
        state.writeIds(words);
        assertThat(words.hasRemaining()).isFalse();
        words.flip();
        ConversionAdmission copy = new ConversionAdmission(rules, 7);
        copy.readCaps(words);
        copy.readIds(words);
        assertThat(words.hasRemaining()).isFalse();
        return copy;
    }

    private List<String> admit(List<StampedEvent<String>> conversions) {
        return admission.admit(conversions, DUPLICATES).stream()
                .map(ConversionAdmissionTest::text)
                .toList();
    }

    /** Time and id, then the queries in binary. */
    private static String text(Admitted<String> admitted) {
        String[] parts = admitted.event().split(" ", -1);
        return parts[1] + " " + Long.toBinaryString(admitted.queries());
    }

    private static StampedEvent<String> at(long time, long id) {
        return stamped(0, time, id);
    }

    private static StampedEvent<String> stamped(int partner, long time, long id) {
        return new StampedEvent<>(
                new EventKey(partner, true, id, 0),
                time,
                new Bytes32(time, id, 0, 0),
                partner + " " + time + "/" + id);
    }
}
