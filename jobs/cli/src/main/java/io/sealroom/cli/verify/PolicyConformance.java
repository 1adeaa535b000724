package io.sealroom.cli.verify;

import com.google.errorprone.annotations.FormatMethod;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.TotalsEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds a release against the policy that it claims to be made under. */
final class PolicyConformance {

    private final Policy policy;
    private final ReleaseDocument document;
    private final List<String> faults = new ArrayList<>();

    private PolicyConformance(Policy policy, ReleaseDocument document) {
        this.policy = policy;
        this.document = document;
    }

    /** What the policy says against a release. */
    static List<String> faults(Policy policy, ReleaseDocument document) {
        PolicyConformance conformance = new PolicyConformance(policy, document);
        conformance.identity();
        Optional<Query> query =
                policy.queries().stream()
                        .filter(q -> q.name().equals(document.query()))
                        .findFirst();
        conformance.require(query.isPresent(), "policy: has no such query");
        query.ifPresent(conformance::query);
        conformance.totals();
        return conformance.faults;
    }

    private void identity() {
        RoomIdentity identity = document.identity();
        require(
                identity.policyHash().equals(policy.hash()),
                "policy: hash is %s, the file says %s",
                policy.hash(),
                identity.policyHash());
        require(identity.room().equals(policy.room()), "policy: is of another room");
        require(
                document.semantics() == policy.semantics(),
                "policy: semantics is %d, the file says %d",
                policy.semantics(),
                document.semantics());
    }

    private void query(Query query) {
        require(
                document.end() - document.start() == query.windowMillis()
                        && query.windowStart(document.start()) == document.start()
                        && document.start() >= policy.startMillis()
                        && document.end() <= policy.endMillis(),
                "policy: the query has no such window");
        List<RowKey> keys = document.rows().stream().map(ReleaseRow::key).toList();
        require(
                keys.equals(query.rows(policy, document.start())),
                "policy: the query has other rows");
        require(
                document.mechanisms().equals(QueryFamilies.of(policy, query).mechanisms()),
                "policy: the query has other noise or thresholds");
    }

    private void totals() {
        List<Partner> suppliers = policy.suppliers();
        List<String> names = document.totals().stream().map(TotalsEntry::partner).toList();
        if (!names.equals(suppliers.stream().map(Partner::name).toList())) {
            faults.add("policy: other partners supply events");
            return;
        }
        for (int i = 0; i < suppliers.size(); i++) {
            require(
                    signed(document.totals().get(i), suppliers.get(i)),
                    "totals commitment of %s: not signed with its key",
                    suppliers.get(i).name());
        }
    }

    private boolean signed(TotalsEntry entry, Partner partner) {
        RoomIdentity identity = document.identity();
        return Secp256k1.recover(
                        identity.digest(
                                Totals.structHash(
                                        entry.partner(),
                                        identity.policyHash(),
                                        document.start(),
                                        document.end(),
                                        entry.commitment())),
                        entry.signature().toBytes())
                .filter(partner.address()::equals)
                .isPresent();
    }

    @FormatMethod
    private void require(boolean condition, String format, Object... arguments) {
        if (!condition) {
            faults.add(String.format(format, arguments));
        }
    }
}
