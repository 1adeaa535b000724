package io.sealroom.pipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.dp.DiscreteLaplace;
import io.sealroom.privacy.dp.Rational;
import io.sealroom.privacy.noise.NoiseContext;
import io.sealroom.privacy.noise.NoiseKeys;
import io.sealroom.privacy.noise.NoiseShare;
import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a release must say, from the batch reference, the partners' shares and the seals that close
 * the window: the released value minus the recomputed noise is the exact total.
 */
public final class ExpectedRelease {

    private final Policy policy;
    private final RoomIdentity identity;
    private final SealedInputs inputs;
    private final Map<QueryWindow, List<BigInteger>> exact;

    /**
     * @param exact totals by row index of every window of every query
     */
    public ExpectedRelease(
            Policy policy,
            RoomIdentity identity,
            SealedInputs inputs,
            Map<QueryWindow, List<BigInteger>> exact) {
        this.policy = policy;
        this.identity = identity;
        this.inputs = inputs;
        this.exact = Map.copyOf(exact);
    }

    /** How many releases the room has. */
    public int windows() {
        return exact.size();
    }

    /** Fails unless every row has the expected status, value and salt. */
    public void check(PendingRelease release) {
        ReleaseDocument document = release.document();
        assertThat(document.identity()).isEqualTo(identity);
        Query query = policy.query(document.query());
        List<BigInteger> totals =
                Objects.requireNonNull(
                        exact.get(new QueryWindow(document.query(), document.start())));
        assertThat(document.rows()).extracting(ReleaseRow::key).isEqualTo(query.rows(policy));
        NoiseKeys keys = keys(document);
        boolean suppressed = false;
        for (ReleaseRow row : document.rows()) {
            RowKey key = row.key();
            BigInteger noisy = totals.get(key.index()).add(noise(keys, document, key));
            if (key.metric() != Metric.VALUE) {
                suppressed = noisy.compareTo(mechanism(document, key).threshold()) < 0;
            }
            String what = document.query() + " at " + document.start() + ", " + key;
            assertThat(row.salt()).as(what).isEqualTo(keys.leafSalt(key.index()));
            assertThat(row.status())
                    .as(what)
                    .isEqualTo(suppressed ? RowStatus.SUPPRESSED : RowStatus.OK);
            assertThat(row.value()).as(what).isEqualTo(suppressed ? BigInteger.ZERO : noisy);
        }
        assertThat(release).isEqualTo(PendingRelease.of(document));
    }

    private static BigInteger noise(NoiseKeys keys, ReleaseDocument document, RowKey key) {
        MechanismEntry mechanism = mechanism(document, key);
        Rational scale = new Rational(mechanism.scaleNumerator(), mechanism.scaleDenominator());
        return new DiscreteLaplace(scale)
                .sample(keys.stream(key.metric().code(), key.cell(), key.index()));
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
