package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.release.ReleaseEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of a window whatever the nodes compute and in whatever order it arrives. */
class WindowQuorumPropertyTest {

    private static final int SEEDS = 300;
    private static final QuorumPlan PLAN = new QuorumPlan(TestRoom.POLICY);
    private static final WindowBounds WINDOW =
            new WindowBounds(7 * TestRoom.HOUR, 8 * TestRoom.HOUR);
    private static final List<Bytes32> QUERIES =
            List.of(Digests.id("q0"), Digests.id("q1"), Digests.id("q2"), Digests.id("q3"));

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    /** One step of a node: something that it computed, or hears. */
    private interface Step {
        void apply(WindowQuorum quorum);
    }

    private static final QuorumAlarms NOBODY =
            new QuorumAlarms() {
                @Override
                public void disagrees(int node, Bytes32 query, Bytes32 expected, Bytes32 signed) {}

                @Override
                public void equivocates(int node, Bytes32 query, Bytes32 first, Bytes32 second) {}
            };

    /** Nodes that sign one hash for a query each, but not all the same, in lists of both kinds. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void offers_anyOrder_areTheSame(int seed) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        Map<Bytes32, Bytes32> own = results(random);
        own.forEach((query, hash) -> steps.add(quorum -> quorum.computed(query, hash)));
        for (int node = 0; node < 3; node++) {
            Map<Bytes32, Bytes32> results = results(random);
            for (CheckedSignature list : lists(node, results, random)) {
                steps.add(quorum -> quorum.signed(list));
                if (random.nextInt(4) == 0) {
                    steps.add(quorum -> quorum.signed(list));
                }
            }
        }
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(steps, random);
            WindowQuorum quorum = quorum(0, WindowMemory.NOTHING);
            for (Step step : steps) {
                step.apply(quorum);
                quorum = quorum(0, quorum.memory());
                checkOffers(peek(quorum), own);
            }
            seen.add(peek(quorum).stream().map(WindowQuorumPropertyTest::text).toList());
        }
        assertThat(seen).hasSize(1);
    }

    /** Anything at all: contradictions, foreign hashes, receipts, the timer, restores. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void offers_anyHistory_haveAQuorumAndOwnHashesOnly(int seed) {
        Random random = new Random(seed);
        Map<Bytes32, Bytes32> own = new TreeMap<>();
        WindowQuorum quorum = quorum(0, WindowMemory.NOTHING);
        Set<Bytes32> settled = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            Bytes32 query = QUERIES.get(random.nextInt(QUERIES.size()));
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    Bytes32 hash = hash(query, random.nextInt(2));
                    if (quorum.computed(query, hash)) {
                        own.put(query, hash);
                    }
                }
                case 2 -> quorum.expire();
                case 3 -> {
                    if (random.nextInt(4) == 0) {
                        quorum.settled(query, hash(query, random.nextInt(2)));
                        settled.add(query);
                    }
                }
                case 4 -> quorum = quorum(0, quorum.memory());
                default -> {
                    var lists = lists(random.nextInt(3), results(random), random);
                    if (!lists.isEmpty()) {
                        quorum.signed(lists.get(random.nextInt(lists.size())));
                    }
                }
            }
            checkSigned(quorum.takeUnsigned(), own);
            List<AgreedList> offers = random.nextBoolean() ? quorum.takeOffers() : peek(quorum);
            checkOffers(offers, own);
            assertThat(offers).noneMatch(o -> o.queries().stream().anyMatch(settled::contains));
            assertThat(quorum.memory().signatures()).hasSizeLessThanOrEqualTo(3 * 5);
            if (settled.size() == QUERIES.size()) {
                assertThat(quorum.memory().signatures()).isEmpty();
            }
        }
    }

    /**
     * Three nodes on one topic: whatever two of them computed alike is offered, also when other
     * queries of the window are missing or disputed; and no hash that one computed alone.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void threeNodes_whatTwoComputeAlike_isOffered(int seed) {
        Random random = new Random(seed);
        List<Map<Bytes32, Bytes32>> results = new ArrayList<>();
        List<WindowQuorum> nodes = new ArrayList<>();
        List<List<Step>> waiting = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            results.add(results(random));
            nodes.add(quorum(node, WindowMemory.NOTHING));
            List<Step> steps = new ArrayList<>();
            results.get(node)
                    .forEach((query, hash) -> steps.add(quorum -> quorum.computed(query, hash)));
            steps.add(WindowQuorum::expire);
            Collections.shuffle(steps, random);
            waiting.add(steps);
        }
        List<CheckedSignature> topic = new ArrayList<>();
        int[] read = new int[3];
        Set<ReleaseEntry> offered = new HashSet<>();
        while (true) {
            List<Integer> able =
                    IntStream.range(0, 3)
                            .filter(n -> !waiting.get(n).isEmpty() || read[n] < topic.size())
                            .boxed()
                            .toList();
            if (able.isEmpty()) {
                break;
            }
            int n = able.get(random.nextInt(able.size()));
            WindowQuorum node = nodes.get(n);
            boolean own = !waiting.get(n).isEmpty();
            if (own && (read[n] == topic.size() || random.nextBoolean())) {
                waiting.get(n).remove(0).apply(node);
            } else {
                node.signed(topic.get(read[n]++));
            }
            node.takeUnsigned().forEach(list -> topic.add(signature(n, list)));
            for (AgreedList offer : node.takeOffers()) {
                checkOffers(List.of(offer), results.get(n));
                offered.addAll(offer.signatures().get(0).releases());
            }
        }
        Set<ReleaseEntry> expected = new HashSet<>();
        for (Map<Bytes32, Bytes32> own : results) {
            own.forEach(
                    (query, hash) -> {
                        if (results.stream().filter(r -> hash.equals(r.get(query))).count() >= 2) {
                            expected.add(new ReleaseEntry(query, hash));
                        }
                    });
        }
        assertThat(offered).isEqualTo(expected);
    }

    private static void checkOffers(List<AgreedList> offers, Map<Bytes32, Bytes32> own) {
        for (AgreedList offer : offers) {
            List<ReleaseEntry> entries = offer.queries().stream().map(q -> entry(q, own)).toList();
            assertThat(offer.signatures())
                    .hasSize(2)
                    .allSatisfy(s -> assertThat(s.releases()).isEqualTo(entries));
            List<String> addresses =
                    offer.signatures().stream().map(s -> PLAN.address(s.node()).hex()).toList();
            assertThat(addresses).doesNotHaveDuplicates().isSorted();
        }
    }

    private static void checkSigned(List<List<ReleaseEntry>> lists, Map<Bytes32, Bytes32> own) {
        for (List<ReleaseEntry> list : lists) {
            assertThat(list.size()).isIn(1, QUERIES.size());
            assertThat(list)
                    .allSatisfy(e -> assertThat(e.releaseHash()).isEqualTo(own.get(e.query())));
        }
    }

    /** What would be offered now, without having been. */
    private static List<AgreedList> peek(WindowQuorum quorum) {
        return quorum(0, quorum.memory()).takeOffers();
    }

    private static String text(AgreedList offer) {
        return offer.queries()
                + " by "
                + offer.signatures().stream().map(CheckedSignature::node).toList();
    }

    private static WindowQuorum quorum(int self, WindowMemory memory) {
        return new WindowQuorum(PLAN, self, QUERIES, memory, NOBODY);
    }

    /** Mostly the same as every node's, sometimes another, sometimes none. */
    private static Map<Bytes32, Bytes32> results(Random random) {
        Map<Bytes32, Bytes32> results = new TreeMap<>();
        for (Bytes32 query : QUERIES) {
            int kind = random.nextInt(10);
            if (kind > 0) {
                results.put(query, hash(query, kind > 2 ? 0 : kind));
            }
        }
        return results;
    }

    private static List<CheckedSignature> lists(
            int node, Map<Bytes32, Bytes32> results, Random random) {
        List<CheckedSignature> lists = new ArrayList<>();
        List<ReleaseEntry> entries =
                QUERIES.stream()
                        .filter(results::containsKey)
                        .map(query -> entry(query, results))
                        .toList();
        if (entries.size() == QUERIES.size() && random.nextInt(4) > 0) {
            lists.add(signature(node, entries));
        }
        for (ReleaseEntry entry : entries) {
            if (random.nextInt(4) > 0) {
                lists.add(signature(node, List.of(entry)));
            }
        }
        return lists;
    }

    private static ReleaseEntry entry(Bytes32 query, Map<Bytes32, Bytes32> results) {
        return new ReleaseEntry(query, Objects.requireNonNull(results.get(query)));
    }

    private static CheckedSignature signature(int node, List<ReleaseEntry> list) {
        return new CheckedSignature(node, WINDOW, list, new byte[] {(byte) node});
    }

    private static Bytes32 hash(Bytes32 query, int result) {
        return new Bytes32(query.w0(), 0, 0, result + 1);
    }
}
