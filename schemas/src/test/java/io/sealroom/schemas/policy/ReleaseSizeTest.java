package io.sealroom.schemas.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Samples;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowStatus;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReleaseSizeTest {

    private static String example() {
        try (InputStream in =
                Policy.class.getResourceAsStream("/io/sealroom/schemas/example-policy.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Policy policy(int cells) {
        String all =
                IntStream.range(0, cells)
                        .mapToObj(i -> i + "-".repeat(64 - Integer.toString(i).length()))
                        .collect(Collectors.joining(", ", "cells: [", "]"));
        return parse(example().replaceFirst("cells: \\[[^]]*]", all));
    }

    private static Policy parse(String yaml) {
        try {
            return PolicyFile.parse(yaml);
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void releaseBytesMax_fewRows_isThatOfEveryTopic() {
        assertThat(Topics.releaseBytesMax(policy(3))).isEqualTo(Topics.MESSAGE_BYTES_MAX);
    }

    /** A topic that was made for less is large enough for a small policy. */
    @Test
    void releaseBytesNeeded_fewRows_isWhatTheyTake() {
        assertThat(Topics.releaseBytesNeeded(policy(3))).isBetween(2_000, 5_000);
    }

    @Test
    void rowCount_anyFamilies_isThatOfTheRows() {
        String everything = example().replace("value: \"1\"", "value: \"1\", converters: \"1\"");
        assertThat(rowCounts(parse(everything))).containsExactly(6, 12);
        assertThat(rowCounts(policy(3))).containsExactly(6, 8);
        String little =
                example()
                        .replaceAll("    (exposing|cellsPerWindow): .*\n", "")
                        .replaceAll(", (reach|cells|value): \"[^\"]*\"", "");
        assertThat(rowCounts(parse(little))).containsExactly(1, 4);
    }

    private static List<Integer> rowCounts(Policy policy) {
        for (Query query : policy.queries()) {
            assertThat(query.rowCount(policy)).isEqualTo(query.rows(policy).size());
        }
        return policy.queries().stream().map(query -> query.rowCount(policy)).toList();
    }

    @Test
    void releaseBytesMax_tenThousandCellsOfTheLongestNames_isSomeMegabytes() {
        // A row is at most 172 bytes: an index, a name of 64, three words, and a byte or two each
        // for lengths, metric and status.
        Policy policy = policy(10_000);
        int rows =
                policy.queries().stream().mapToInt(q -> q.rows(policy).size()).max().orElseThrow();
        assertThat(Topics.releaseBytesMax(policy)).isBetween(rows * 160, rows * 172 + 20_000);
    }

    /** The longest that each of them can be, and what is in fact written. */
    @Test
    void max_anyReleaseOfThePolicy_isNoLarger() {
        Policy policy = policy(500);
        for (Query query : policy.queries()) {
            for (BigInteger value :
                    List.of(
                            BigInteger.ZERO,
                            BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE),
                            BigInteger.ONE.shiftLeft(255).negate())) {
                PendingRelease release = release(policy, query, value);
                assertThat(Codecs.PENDING_RELEASE.encode(release).length)
                        .isLessThan(ReleaseSize.max(policy));
                assertThat(
                                Codecs.RELEASE.encode(
                                                new Release(release, Samples.release().receipt()))
                                        .length)
                        .isLessThanOrEqualTo(ReleaseSize.max(policy));
            }
        }
    }

    private static PendingRelease release(Policy policy, Query query, BigInteger value) {
        ReleaseDocument sample = Samples.pending().document();
        MechanismEntry mechanism = sample.mechanisms().get(0);
        long start = query.lastWindow(policy, policy.startMillis());
        return new PendingRelease(
                new ReleaseDocument(
                        sample.identity(),
                        1,
                        query.name(),
                        start,
                        start + query.windowMillis(),
                        query.rows(policy, start).stream()
                                .map(key -> new ReleaseRow(key, RowStatus.OK, value, Bytes32.ZERO))
                                .toList(),
                        List.of(mechanism, mechanism, mechanism, mechanism, mechanism),
                        sample.totals()),
                Bytes32.ZERO,
                Bytes32.ZERO);
    }
}
