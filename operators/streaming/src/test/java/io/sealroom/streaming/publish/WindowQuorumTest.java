package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.release.ReleaseEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowQuorumTest {

    private static final Bytes32 FIRST = Digests.id("first");
    private static final Bytes32 SECOND = Digests.id("second");
    private static final Bytes32 A = Digests.id("a");
    private static final Bytes32 B = Digests.id("b");
    private static final Bytes32 X = Digests.id("x");

    private final List<String> alarms = new ArrayList<>();
    private WindowQuorum quorum = quorum(WindowMemory.NOTHING, FIRST, SECOND);

    // What is signed.

    @Test
    void someOfTheQueries_nothingSignedUntilItExpires() {
        quorum.computed(FIRST, A);
        assertThat(quorum.takeUnsigned()).isEmpty();
        assertThat(quorum.expire()).isTrue();
        assertThat(quorum.takeUnsigned()).containsExactly(list(FIRST, A));
        assertThat(quorum.takeUnsigned()).isEmpty();
    }

    @Test
    void allQueries_signedOnceInPolicyOrder() {
        quorum.computed(SECOND, B);
        quorum.computed(FIRST, A);
        assertThat(quorum.takeUnsigned()).containsExactly(list(FIRST, A, SECOND, B));
        assertThat(quorum.takeUnsigned()).isEmpty();
    }

    @Test
    void completeAfterItExpired_signedTogetherAndSingly() {
        quorum.computed(FIRST, A);
        quorum.expire();
        assertThat(quorum.takeUnsigned()).containsExactly(list(FIRST, A));
        quorum.computed(SECOND, B);
        assertThat(quorum.takeUnsigned())
                .containsExactly(list(FIRST, A, SECOND, B), list(SECOND, B));
    }

    @Test
    void togetherInTime_neverSignedSingly() {
        computedBoth();
        quorum.takeUnsigned();
        quorum.signed(by(0, FIRST, A, SECOND, B));
        quorum.signed(by(1, FIRST, A, SECOND, B));
        assertThat(quorum.expire()).isFalse();
        assertThat(quorum.takeUnsigned()).isEmpty();
        quorum.takeOffers();
        quorum.settled(FIRST, A);
        assertThat(quorum.takeUnsigned()).isEmpty();
    }

    @Test
    void togetherButPartlySettledBeforeItWasOffered_restSignedSingly() {
        computedBoth();
        quorum.takeUnsigned();
        quorum.signed(by(0, FIRST, A, SECOND, B));
        quorum.signed(by(1, FIRST, A, SECOND, B));
        quorum.expire();
        quorum.settled(FIRST, A);
        assertThat(quorum.takeUnsigned()).containsExactly(list(SECOND, B));
    }

    @Test
    void onlyQueryOfItsWindow_signedOnceAsBoth() {
        quorum = quorum(WindowMemory.NOTHING, FIRST);
        quorum.computed(FIRST, A);
        assertThat(quorum.takeUnsigned()).containsExactly(list(FIRST, A));
        assertThat(quorum.expire()).isFalse();
        assertThat(quorum.takeUnsigned()).isEmpty();
        quorum.signed(by(0, FIRST, A));
        quorum.signed(by(2, FIRST, A));
        assertThat(quorum.takeOffers()).hasSize(1);
        assertThat(quorum.takeOffers()).isEmpty();
    }

    @Test
    void settledBeforeItWasComputed_signedAllTheSame() {
        quorum.settled(FIRST, A);
        quorum.settled(SECOND, B);
        computedBoth();
        assertThat(quorum.takeUnsigned()).containsExactly(list(FIRST, A, SECOND, B));
        assertThat(quorum.isDone()).isTrue();
        assertThat(quorum.computed(FIRST, X)).isFalse();
        assertThat(quorum.takeUnsigned()).isEmpty();
    }

    @Test
    void ownEarlierSignatureOverAnotherHash_nothingSignedAgainstIt() {
        quorum.signed(by(0, FIRST, X));
        computedBoth();
        assertThat(quorum.takeUnsigned()).isEmpty();
        quorum.expire();
        assertThat(quorum.takeUnsigned()).containsExactly(list(SECOND, B));
        assertThat(alarms).containsExactly(disagrees(0, FIRST, A, X));
    }

    // What is offered.

    @Test
    void quorumOfOthersAlone_offered() {
        quorum.signed(by(1, FIRST, A, SECOND, B));
        quorum.signed(by(2, FIRST, A, SECOND, B));
        assertThat(quorum.hasOffers()).isFalse();
        computedBoth();
        assertThat(quorum.hasOffers()).isTrue();
        assertThat(quorum.takeOffers())
                .singleElement()
                .satisfies(o -> assertThat(o.queries()).containsExactly(FIRST, SECOND));
    }

    @Test
    void sameNodeTwice_isNoQuorum() {
        computedBoth();
        assertThat(quorum.signed(by(1, FIRST, A, SECOND, B))).isTrue();
        assertThat(quorum.signed(by(1, FIRST, A, SECOND, B))).isFalse();
        assertThat(quorum.hasOffers()).isFalse();
    }

    @Test
    void halfSignedTogetherHalfSingly_isNoQuorum() {
        computedBoth();
        quorum.signed(by(0, FIRST, A, SECOND, B));
        quorum.signed(by(1, FIRST, A));
        assertThat(quorum.hasOffers()).isFalse();
    }

    @Test
    void quorumOverAnotherHash_notOffered() {
        computedBoth();
        quorum.signed(by(1, FIRST, X, SECOND, B));
        quorum.signed(by(2, FIRST, X, SECOND, B));
        assertThat(quorum.hasOffers()).isFalse();
        quorum.signed(by(1, SECOND, B));
        quorum.signed(by(2, SECOND, B));
        assertThat(quorum.takeOffers())
                .singleElement()
                .satisfies(o -> assertThat(o.queries()).containsExactly(SECOND));
    }

    @Test
    void moreThanAQuorum_lowestAddressesOffered() {
        computedBoth();
        for (int node = 0; node < 3; node++) {
            quorum.signed(by(node, FIRST, A, SECOND, B));
        }
        QuorumPlan plan = new QuorumPlan(TestRoom.POLICY);
        List<String> all =
                List.of(0, 1, 2).stream().map(node -> plan.address(node).hex()).sorted().toList();
        assertThat(quorum.takeOffers().get(0).signatures())
                .extracting(s -> plan.address(s.node()).hex())
                .isEqualTo(all.subList(0, 2));
    }

    @Test
    void settled_leftOut() {
        computedBoth();
        quorum.settled(FIRST, A);
        quorum.signed(by(0, FIRST, A, SECOND, B));
        quorum.signed(by(1, FIRST, A, SECOND, B));
        assertThat(quorum.hasOffers()).isFalse();
        quorum.signed(by(0, SECOND, B));
        quorum.signed(by(1, SECOND, B));
        assertThat(quorum.takeOffers())
                .singleElement()
                .satisfies(o -> assertThat(o.queries()).containsExactly(SECOND));
    }

    // Who is reported.

    @Test
    void ownThenOther_reportedOnce() {
        computedBoth();
        quorum.signed(by(2, FIRST, X, SECOND, B));
        quorum.signed(by(2, FIRST, X));
        assertThat(alarms).containsExactly(disagrees(2, FIRST, A, X));
    }

    @Test
    void otherThenOwn_reportedOnce() {
        quorum.signed(by(2, FIRST, X, SECOND, B));
        quorum.signed(by(2, FIRST, X));
        computedBoth();
        assertThat(alarms).containsExactly(disagrees(2, FIRST, A, X));
    }

    @Test
    void settledThenOther_reportedAgainstTheChain() {
        quorum.settled(FIRST, A);
        quorum.signed(by(1, FIRST, X));
        assertThat(alarms).containsExactly(disagrees(1, FIRST, A, X));
    }

    @Test
    void otherThenSettled_reportedAgainstTheChain() {
        quorum.signed(by(1, FIRST, X));
        quorum.settled(FIRST, A);
        assertThat(alarms).containsExactly(disagrees(1, FIRST, A, X));
    }

    @Test
    void otherAfterAllIsSettledAndForgotten_reported() {
        computedBoth();
        quorum.takeUnsigned();
        quorum.settled(FIRST, A);
        quorum.settled(SECOND, B);
        quorum = quorum(quorum.memory(), FIRST, SECOND);
        quorum.signed(by(1, FIRST, A, SECOND, X));
        quorum.signed(by(1, FIRST, A, SECOND, X));
        assertThat(alarms).containsExactly(disagrees(1, SECOND, B, X));
    }

    @Test
    void secondHashOfOneNode_reportedOnceAndNeverCounts() {
        quorum.signed(by(1, FIRST, X, SECOND, B));
        quorum.signed(by(2, FIRST, A, SECOND, B));
        assertThat(quorum.signed(by(1, FIRST, A, SECOND, B))).isFalse();
        assertThat(quorum.signed(by(1, FIRST, A))).isFalse();
        computedBoth();
        assertThat(quorum.hasOffers()).isFalse();
        assertThat(alarms)
                .containsExactly(
                        "node 1 signed two for " + FIRST + ": " + X + ", " + A,
                        disagrees(1, FIRST, A, X));
    }

    @Test
    void restored_reportsNothingAgain() {
        computedBoth();
        quorum.signed(by(1, FIRST, X));
        quorum.signed(by(1, FIRST, A));
        alarms.clear();
        quorum = quorum(quorum.memory(), FIRST, SECOND);
        quorum.signed(by(1, FIRST, X));
        quorum.signed(by(1, FIRST, A));
        computedBoth();
        assertThat(alarms).isEmpty();
    }

    @Test
    void agreeing_nobodyIsReported() {
        computedBoth();
        for (int node = 0; node < 3; node++) {
            quorum.signed(by(node, FIRST, A, SECOND, B));
            quorum.signed(by(node, SECOND, B));
        }
        quorum.settled(FIRST, A);
        assertThat(alarms).isEmpty();
    }

    private void computedBoth() {
        quorum.computed(FIRST, A);
        quorum.computed(SECOND, B);
    }

    private WindowQuorum quorum(WindowMemory memory, Bytes32... queries) {
        return new WindowQuorum(
                new QuorumPlan(TestRoom.POLICY),
                0,
                List.of(queries),
                memory,
                new QuorumAlarms() {
                    @Override
                    public void disagrees(
                            int node, Bytes32 query, Bytes32 expected, Bytes32 signed) {
                        alarms.add(WindowQuorumTest.disagrees(node, query, expected, signed));
                    }

                    @Override
                    public void equivocates(
                            int node, Bytes32 query, Bytes32 first, Bytes32 second) {
                        alarms.add(
                                "node "
                                        + node
                                        + " signed two for "
                                        + query
                                        + ": "
                                        + first
                                        + ", "
                                        + second);
                    }
                });
    }

    private static String disagrees(int node, Bytes32 query, Bytes32 expected, Bytes32 signed) {
        return "node " + node + " on " + query + ": " + expected + ", not " + signed;
    }

    private static CheckedSignature by(int node, Bytes32... queriesAndHashes) {
        return new CheckedSignature(
                node, new WindowBounds(0, 1), list(queriesAndHashes), new byte[65]);
    }

    private static List<ReleaseEntry> list(Bytes32... queriesAndHashes) {
        List<ReleaseEntry> entries = new ArrayList<>();
        for (var rest = Arrays.asList(queriesAndHashes);
                !rest.isEmpty();
                rest = rest.subList(2, rest.size())) {
            entries.add(new ReleaseEntry(rest.get(0), rest.get(1)));
        }
        return entries;
    }
}
