package io.sealroom.pipeline.testing;

import io.sealroom.privacy.dp.DiscreteGaussian;
import io.sealroom.privacy.dp.DiscreteLaplace;
import io.sealroom.privacy.dp.Noise;
import io.sealroom.privacy.dp.Rational;
import io.sealroom.privacy.noise.NoiseContext;
import io.sealroom.privacy.noise.NoiseKeys;
import io.sealroom.privacy.noise.NoiseShare;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that a release must have: exact totals plus noise that is recomputed from the partners'
 * shares and the seals that close the window. The mechanisms are the release's own; whether they
 * are the policy's is another question.
 */
public final class ExpectedRows {

    private final Policy policy;
    private final RoomIdentity identity;
    private final SealedInputs inputs;

    public ExpectedRows(Policy policy, RoomIdentity identity, SealedInputs inputs) {
        this.policy = policy;
        this.identity = identity;
        this.inputs = inputs;
    }

    /**
     * The rows of a release.
     *
     * @param document says which window, and by which mechanisms
     * @param totals exact totals by row index
     */
    public List<ReleaseRow> of(ReleaseDocument document, List<BigInteger> totals) {
        NoiseKeys keys = keys(document);
        List<ReleaseRow> rows = new ArrayList<>();
        boolean suppressed = false;
        for (RowKey key : policy.query(document.query()).rows(policy, document.start())) {
            BigInteger noisy = totals.get(key.index()).add(noise(keys, document, key));
            // The value row of a cell goes with its count row.
            if (key.metric() != Metric.VALUE) {
                suppressed = noisy.compareTo(mechanism(document, key).threshold()) < 0;
            }
            rows.add(
                    new ReleaseRow(
                            key,
                            suppressed ? RowStatus.SUPPRESSED : RowStatus.OK,
                            suppressed ? BigInteger.ZERO : noisy,
                            keys.leafSalt(key.index())));
        }
        return rows;
    }

    private static BigInteger noise(NoiseKeys keys, ReleaseDocument document, RowKey key) {
        MechanismEntry mechanism = mechanism(document, key);
        Rational parameter = new Rational(mechanism.scaleNumerator(), mechanism.scaleDenominator());
        Noise noise =
                mechanism.mechanism() == MechanismEntry.DISCRETE_GAUSSIAN
                        ? new DiscreteGaussian(parameter)
                        : new DiscreteLaplace(parameter);
        return noise.sample(keys.stream(key.metric().code(), key.cell(), key.index()));
    }

    private static MechanismEntry mechanism(ReleaseDocument document, RowKey key) {
        return document.mechanisms().stream()
                .filter(entry -> entry.metric() == key.metric())
                .findFirst()
                .orElseThrow();
    }

    private NoiseKeys keys(ReleaseDocument document) {
        List<List<ChainHead>> heads = new ArrayList<>();
        List<NoiseShare> shares = new ArrayList<>();
        for (Partner supplier : policy.suppliers()) {
            heads.add(inputs.closing(supplier.name(), document.end()));
            shares.add(
                    new NoiseShare(
                            supplier.address(),
                            inputs.share(supplier.name(), document.start(), document.end())));
        }
        return NoiseKeys.derive(
                new NoiseContext(
                        document.semantics(),
                        identity,
                        document.queryId(),
                        document.start(),
                        document.end(),
                        heads),
                shares);
    }
}
