package io.sealroom.schemas.policy;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the partners agree on, parsed, with defaults filled in. Its canonical JSON is hashed into
 * every signature and release. All times are epoch milliseconds, all lengths milliseconds.
 *
 * @param room room id
 * @param semantics version of the meaning of rows
 * @param mode when agents seal
 * @param startMillis first event time
 * @param endMillis end of event times, exclusive
 * @param sliceMillis seal interval
 * @param epochMillis key and budget period
 * @param maxAheadMillis how far beyond its own last seal an event may be
 * @param graceMillis wall-clock time after a slice's end before a live agent seals it
 * @param lookbackEpochs K
 * @param region ISO 3166 region of phone numbers in national form, or ZZ for none
 * @param finalityDepth blocks under the head that count as final; 0 for the chain's finalized tag
 * @param pendingAlarmMillis age at which a release without receipt raises an alarm
 * @param quota elements a requester may have evaluated per epoch
 * @param quorum node signatures that a release needs
 * @param ledger address of the BudgetLedger that queries are charged to
 * @param partners in policy order
 * @param nodes in policy order
 * @param auditors in policy order
 * @param cells breakdown keys, in policy order
 * @param queries in policy order
 */
public record Policy(
        String room,
        int semantics,
        Mode mode,
        long startMillis,
        long endMillis,
        long sliceMillis,
        long epochMillis,
        long maxAheadMillis,
        long graceMillis,
        int lookbackEpochs,
        String region,
        int finalityDepth,
        long pendingAlarmMillis,
        long quota,
        int quorum,
        Address ledger,
        List<Partner> partners,
        List<Node> nodes,
        List<Auditor> auditors,
        List<String> cells,
        List<Query> queries) {

    /** The meaning of rows that this code computes. */
    public static final int SEMANTICS = 1;

    /** Every partner reveals one key for each epoch, all of them in one transaction. */
    public static final int EPOCHS_MAX = 256;

    public Policy {
        partners = List.copyOf(partners);
        nodes = List.copyOf(nodes);
        auditors = List.copyOf(auditors);
        cells = List.copyOf(cells);
        queries = List.copyOf(queries);
    }

    /** keccak256 of the canonical JSON. */
    public Bytes32 hash() {
        return Digests.keccak256(Lp.text(canonicalJson()));
    }

    /** RFC 8785 JSON of this policy. */
    public String canonicalJson() {
        return PolicyJson.canonical(this);
    }

    /**
     * Reads back {@link #canonicalJson()}: how a policy travels inside a job.
     *
     * @throws IllegalArgumentException if it is not the canonical form of a valid policy
     */
    public static Policy fromCanonicalJson(String json) {
        return PolicyJson.fromCanonical(json);
    }

    /** Position of the partner in policy order. */
    public OptionalInt partnerIndex(String name) {
        return IntStream.range(0, partners.size())
                .filter(i -> partners.get(i).name().equals(name))
                .findFirst();
    }

    /**
     * @throws IllegalArgumentException if there is no such partner
     */
    public Partner partner(String name) {
        return partners.get(
                partnerIndex(name)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the policy has no partner " + name)));
    }

    /**
     * @throws IllegalArgumentException if there is no such node
     */
    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the policy has no node " + name));
    }

    /**
     * @throws IllegalArgumentException if there is no such query
     */
    public Query query(String name) {
        return queries.stream()
                .filter(query -> query.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the policy has no query " + name));
    }

    /** Partners that have an events topic, in policy order. */
    public List<Partner> suppliers() {
        return partners.stream().filter(Partner::supplies).toList();
    }

    /** Names of the partners whose data sets pay for the query, in policy order. */
    public List<String> partnersReadBy(Query query) {
        return partners.stream().map(Partner::name).filter(query::reads).toList();
    }

    /** Distinct window lengths of the queries, rising. */
    public List<Long> windowLengths() {
        return queries.stream().map(Query::windowMillis).distinct().sorted().toList();
    }

    /** Index of the epoch that holds {@code time}. */
    public long epochOf(long time) {
        return Math.floorDiv(time, epochMillis);
    }

    /** End of the epoch that holds {@code time}, or of the room in it; exclusive. */
    public long epochEnd(long time) {
        return Math.min((epochOf(time) + 1) * epochMillis, endMillis);
    }

    /** Index of the epoch of the room's start. */
    public long firstEpoch() {
        return epochOf(startMillis);
    }

    /** Index of the epoch of the room's last millisecond. */
    public long lastEpoch() {
        return epochOf(endMillis - 1);
    }

    /** Names and public keys that window secrets are encrypted to: nodes, then auditors. */
    public List<Auditor> recipients() {
        return Stream.concat(
                        nodes.stream().map(node -> new Auditor(node.name(), node.hpkePublicKey())),
                        auditors.stream())
                .toList();
    }
}
