package io.sealroom.local.chaos;

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
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.ReleaseRules;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that a release must have: totals of the batch reference and noise from the partners' seeds
 * and the records before the seals. The mechanisms are the release's own; that they are the
 * policy's is what {@code sealroom verify} checks.
 */
final class ExpectedBytes {

    private final Policy policy;
    private final RoomIdentity identity;
    private final EventLog log;
    private final Map<QueryWindow, List<BigInteger>> exact;

    ExpectedBytes(
            Policy policy,
            RoomIdentity identity,
            EventLog log,
            Map<QueryWindow, List<BigInteger>> exact) {
        this.policy = policy;
        this.identity = identity;
        this.log = log;
        this.exact = Map.copyOf(exact);
    }

    /** Whether a release is, byte for byte, what it must be. */
    boolean matches(PendingRelease release) {
        ReleaseDocument document = release.document();
        List<BigInteger> totals = exact.get(new QueryWindow(document.query(), document.start()));
        Optional<NoiseKeys> keys = keys(document);
        return totals != null
                && keys.isPresent()
                && document.identity().equals(identity)
                && document.rows().equals(rows(document, totals, keys.get()))
                && release.equals(PendingRelease.of(document))
                && ReleaseRules.faults(release).isEmpty();
    }

    private List<ReleaseRow> rows(
            ReleaseDocument document, List<BigInteger> totals, NoiseKeys keys) {
        List<ReleaseRow> rows = new ArrayList<>();
        boolean suppressed = false;
        for (RowKey key : policy.query(document.query()).rows(policy)) {
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

    private Optional<NoiseKeys> keys(ReleaseDocument document) {
        List<List<ChainHead>> heads = new ArrayList<>();
        List<NoiseShare> shares = new ArrayList<>();
        for (Partner supplier : policy.suppliers()) {
            Optional<List<ChainHead>> closing = log.closing(supplier, document.end());
            if (closing.isEmpty()) {
                return Optional.empty();
            }
            heads.add(closing.get());
            shares.add(
                    new NoiseShare(
                            supplier.address(),
                            log.share(supplier.name(), document.start(), document.end())));
        }
        return Optional.of(
                NoiseKeys.derive(
                        new NoiseContext(
                                document.semantics(),
                                identity,
                                document.queryId(),
                                document.start(),
                                document.end(),
                                heads),
                        shares));
    }
}
