package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.dp.DiscreteLaplace;
import io.sealroom.privacy.dp.Rational;
import io.sealroom.privacy.noise.NoiseContext;
import io.sealroom.privacy.noise.NoiseKeys;
import io.sealroom.privacy.noise.NoiseShare;
import io.sealroom.reference.BatchReference;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a release must say, from the batch reference, the partners' shares and the seals that close
 * the window: the released value minus the recomputed noise is the exact total.
 */
final class ExpectedRelease {

    private final TestingRoom room;
    private final Function<String, TestingPartner> partners;
    private final Map<QueryWindow, List<BigInteger>> exact;

    ExpectedRelease(
            TestingRoom room,
            Function<String, TestingPartner> partners,
            List<HistoryEvent> admitted) {
        this.room = room;
        this.partners = partners;
        this.exact = BatchReference.totals(room.policy(), admitted);
    }

    int windows() {
        return exact.size();
    }

    void check(PendingRelease release) {
        ReleaseDocument document = release.document();
        Policy policy = room.policy();
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
            assertThat(row.salt()).isEqualTo(keys.leafSalt(key.index()));
            assertThat(row.status()).isEqualTo(suppressed ? RowStatus.SUPPRESSED : RowStatus.OK);
            assertThat(row.value()).isEqualTo(suppressed ? BigInteger.ZERO : noisy);
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
        for (Partner supplier : room.policy().suppliers()) {
            TestingPartner partner = partners.apply(supplier.name());
            heads.add(closing(partner, document.end()));
            shares.add(
                    new NoiseShare(
                            supplier.address(),
                            partner.windowParts().share(document.start(), document.end())));
        }
        return NoiseKeys.derive(
                new NoiseContext(
                        document.semantics(),
                        room.identity(),
                        document.queryId(),
                        document.start(),
                        document.end(),
                        heads),
                shares);
    }

    private static List<ChainHead> closing(TestingPartner partner, long end) {
        List<ChainHead> closing = new ArrayList<>();
        for (int partition = 0; partition < partner.partitions(); partition++) {
            for (byte[] record : partner.records(partition)) {
                Codecs.SEAL
                        .decode(record)
                        .toOptional()
                        .filter(seal -> seal.to() == end)
                        .map(ExpectedRelease::head)
                        .ifPresent(closing::add);
            }
        }
        return closing;
    }

    private static ChainHead head(Seal seal) {
        return new ChainHead(seal.count(), seal.head());
    }
}
