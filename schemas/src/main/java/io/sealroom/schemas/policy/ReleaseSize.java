package io.sealroom.schemas.policy;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Receipt;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.schemas.release.TotalsEntry;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;

/** How large the releases of a policy can get, in the encoding of the releases topic. */
final class ReleaseSize {

    private static final BigInteger VALUE = BigInteger.ONE.shiftLeft(255).negate();
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private ReleaseSize() {}

    /**
     * An upper bound on the bytes of every {@link Codecs#RELEASE} and {@link
     * Codecs#PENDING_RELEASE} of a policy, whatever the values of the rows.
     */
    static int max(Policy policy) {
        return policy.queries().stream().mapToInt(query -> max(policy, query)).max().orElse(0);
    }

    /** Encodes one whose every number is as long as a number can be. */
    private static int max(Policy policy, Query query) {
        long start = query.lastWindow(policy, policy.startMillis());
        List<ReleaseRow> rows =
                query.rows(policy, start).stream().map(ReleaseSize::largest).toList();
        MechanismEntry mechanism =
                new MechanismEntry(
                        Metric.OVERLAP_TOTAL, MechanismEntry.DISCRETE_LAPLACE, WORD, WORD, WORD);
        // The total, the reach of each partner, the cells and the caps; attribution has fewer.
        int families = policy.partners().size() + 3;
        List<TotalsEntry> totals =
                policy.suppliers().stream()
                        .map(
                                partner ->
                                        new TotalsEntry(
                                                partner.name(),
                                                Bytes32.ZERO,
                                                Bytes.of(new byte[Secp256k1.SIGNATURE_LENGTH])))
                        .toList();
        ReleaseDocument document =
                new ReleaseDocument(
                        new RoomIdentity(
                                Long.MAX_VALUE,
                                Address.of(new byte[Address.LENGTH]),
                                policy.room(),
                                Bytes32.ZERO),
                        Integer.MAX_VALUE,
                        query.name(),
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        rows,
                        Collections.nCopies(families, mechanism),
                        totals);
        return Codecs.RELEASE.encode(
                        new Release(
                                new PendingRelease(document, Bytes32.ZERO, Bytes32.ZERO),
                                new Receipt(Bytes32.ZERO, Long.MAX_VALUE, Bytes32.ZERO)))
                .length;
    }

    private static ReleaseRow largest(RowKey key) {
        return new ReleaseRow(key, RowStatus.SUPPRESSED, VALUE, Bytes32.ZERO);
    }
}
