package io.sealroom.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.privacy.dp.CappedTotal;
import io.sealroom.privacy.dp.DiscreteGaussian;
import io.sealroom.privacy.dp.DiscreteLaplace;
import io.sealroom.privacy.dp.Noise;
import io.sealroom.privacy.dp.NoisyRow;
import io.sealroom.privacy.dp.NoisyTotal;
import io.sealroom.privacy.dp.Rational;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.TotalsEntry;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * From the shares to the release hash, every metric with both mechanisms, as {@code
 * release_golden.py} derived it from PROTOCOL.md.
 */
class ReleaseGoldenTest {

    private final NoiseFixture fixture = NoiseFixture.load();

    @Test
    void derive_everyMetricAndMechanism_rowsLeavesAndHashes() throws IOException {
        JsonNode golden;
        try (InputStream in = getClass().getResourceAsStream("release-golden.json")) {
            golden = new ObjectMapper().readTree(in);
        }
        assertThat(golden.required("releases")).hasSize(3);
        for (JsonNode release : golden.required("releases")) {
            ReleaseDocument document = document(release, golden.required("commitments"));
            Bytes32 query = document.queryId();
            for (ReleaseRow row : document.rows()) {
                JsonNode expected = release.required("rows").get(row.key().index());
                assertThat(row.key().cell()).isEqualTo(word(expected, "cell"));
                assertThat(row.status().code()).isEqualTo(expected.required("status").intValue());
                assertThat(row.value()).isEqualTo(number(expected, "value"));
                assertThat(row.salt()).isEqualTo(word(expected, "leafSalt"));
                assertThat(row.leaf(query, document.start(), document.end()))
                        .isEqualTo(word(expected, "leaf"));
            }
            assertThat(document.root()).isEqualTo(word(release, "root"));
            assertThat(document.mechanismsHash()).isEqualTo(word(release, "mechanismsHash"));
            assertThat(document.releaseHash()).isEqualTo(word(release, "releaseHash"));
        }
    }

    private ReleaseDocument document(JsonNode release, JsonNode commitments) {
        NoiseContext context = fixture.context();
        String query = release.required("query").textValue();
        NoiseKeys keys =
                NoiseKeys.derive(
                        new NoiseContext(
                                context.semantics(),
                                context.room(),
                                Digests.id(query),
                                context.start(),
                                context.end(),
                                context.heads()),
                        fixture.shares());
        List<MechanismEntry> mechanisms = new ArrayList<>();
        release.required("mechanisms").forEach(entry -> mechanisms.add(mechanism(entry)));
        List<TotalsEntry> totals = new ArrayList<>();
        for (JsonNode commitment : commitments) {
            totals.add(
                    new TotalsEntry(
                            "partner", Bytes32.fromHex(commitment.textValue()), Bytes.EMPTY));
        }
        ReleaseDocument empty =
                new ReleaseDocument(
                        context.room(),
                        context.semantics(),
                        query,
                        context.start(),
                        context.end(),
                        List.of(),
                        mechanisms,
                        totals);
        return new ReleaseDocument(
                context.room(),
                context.semantics(),
                query,
                context.start(),
                context.end(),
                rows(release.required("rows"), empty, keys),
                mechanisms,
                totals);
    }

    private static List<ReleaseRow> rows(
            JsonNode golden, ReleaseDocument document, NoiseKeys keys) {
        List<ReleaseRow> rows = new ArrayList<>();
        @Nullable NoisyRow count = null;
        for (JsonNode expected : golden) {
            RowKey key = key(rows.size(), expected);
            MechanismEntry family = document.mechanism(key.metric()).orElseThrow();
            // Of suppressed rows, too, whose value does not tell it.
            assertThat(noise(family).sample(stream(keys, key)))
                    .isEqualTo(number(expected, "noise"));
            NoisyTotal noisy =
                    CappedTotal.of(number(expected, "total"))
                            .addNoise(noise(family), stream(keys, key));
            NoisyRow row =
                    key.metric() == Metric.VALUE && count != null
                            ? noisy.following(count)
                            : noisy.threshold(family.threshold());
            count = key.metric() == Metric.COUNT ? row : count;
            rows.add(new ReleaseRow(key, row.status(), row.value(), keys.leafSalt(key.index())));
        }
        return rows;
    }

    private static NoiseStream stream(NoiseKeys keys, RowKey key) {
        return keys.stream(key.metric().code(), key.cell(), key.index());
    }

    private static Noise noise(MechanismEntry family) {
        Rational parameter = new Rational(family.scaleNumerator(), family.scaleDenominator());
        return family.mechanism() == MechanismEntry.DISCRETE_LAPLACE
                ? new DiscreteLaplace(parameter)
                : new DiscreteGaussian(parameter);
    }

    private static RowKey key(int index, JsonNode row) {
        String label = row.required("label").textValue();
        Metric metric = metric(row);
        return switch (metric) {
            case OVERLAP_TOTAL -> RowKey.total(index);
            case REACH -> RowKey.reach(index, label);
            case CAPS -> RowKey.caps(index);
            case OVERLAP_CELL, COUNT, VALUE, CONVERTERS ->
                    label.equals(RowKey.UNATTRIBUTED)
                            ? RowKey.unattributed(index, metric)
                            : RowKey.cell(index, metric, label);
        };
    }

    private static MechanismEntry mechanism(JsonNode entry) {
        return new MechanismEntry(
                metric(entry),
                entry.required("mechanism").intValue(),
                number(entry, "scaleNumerator"),
                number(entry, "scaleDenominator"),
                number(entry, "threshold"));
    }

    private static Metric metric(JsonNode node) {
        return Metric.ofCode(node.required("metric").intValue()).orElseThrow();
    }

    private static BigInteger number(JsonNode node, String field) {
        return new BigInteger(node.required(field).textValue());
    }

    private static Bytes32 word(JsonNode node, String field) {
        return Bytes32.fromHex(node.required(field).textValue());
    }
}
