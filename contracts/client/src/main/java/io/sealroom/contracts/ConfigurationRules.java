package io.sealroom.contracts;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The constructor's checks, in its order and with its errors. */
final class ConfigurationRules {

    private static final int PARTNERS_MAX = 16;
    private static final int NODES_MAX = 32;
    private static final int QUERIES_MAX = 64;
    private static final long EPOCHS_MAX = 256;
    private static final Account NOBODY = new Account("0x" + "0".repeat(40));

    /** IRoom.Field: the ABI knows an enum by its number. */
    private enum Field {
        ROOM(0),
        POLICY_HASH(1),
        SEMANTICS(2),
        EPOCH(3),
        PARTNERS(4),
        NODES(5),
        QUERIES(6);

        private final int number;

        Field(int number) {
            this.number = number;
        }
    }

    private final RoomConfiguration configuration;
    private final Account ledger;
    private final Set<Account> seated = new HashSet<>();
    private int supplierSet;

    private ConfigurationRules(RoomConfiguration configuration, Account ledger) {
        this.configuration = configuration;
        this.ledger = ledger;
    }

    /**
     * Throws a {@link Revert} if the constructor would.
     *
     * @param ledger the only address that has a ledger
     */
    static void check(RoomConfiguration configuration, Account ledger) {
        ConfigurationRules rules = new ConfigurationRules(configuration, ledger);
        rules.scalars();
        rules.partners();
        rules.nodes();
        rules.queries();
    }

    private void scalars() {
        nonZero(!configuration.room().isZero(), Field.ROOM, 0);
        nonZero(!configuration.policyHash().isZero(), Field.POLICY_HASH, 0);
        nonZero(configuration.semantics() != 0, Field.SEMANTICS, 0);
        nonZero(configuration.epochMillis() != 0, Field.EPOCH, 0);
        Revert.unless(configuration.ledger().equals(ledger), "NoLedger", configuration.ledger());
        Revert.unless(
                configuration.start() < configuration.end(),
                "TimesOutOfOrder",
                configuration.start(),
                configuration.end());
        long epochs = configuration.lastEpoch() - configuration.firstEpoch() + 1;
        Revert.unless(epochs <= EPOCHS_MAX, "TooManyEpochs", epochs, EPOCHS_MAX);
    }

    private void partners() {
        List<RoomConfiguration.Partner> partners = configuration.partners();
        size(Field.PARTNERS, partners.size(), PARTNERS_MAX);
        for (int i = 0; i < partners.size(); i++) {
            RoomConfiguration.Partner partner = partners.get(i);
            nonZero(!partner.id().isZero(), Field.PARTNERS, i);
            unlikeEarlier(partners, i);
            seat(partner.signer(), Field.PARTNERS, i);
            if (!partner.approver().equals(partner.signer())) {
                seat(partner.approver(), Field.PARTNERS, i);
            }
            if (partner.supplies()) {
                supplierSet |= 1 << i;
            }
        }
        Revert.unless(supplierSet != 0, "NothingSupplied", partners.size());
    }

    private static void unlikeEarlier(List<RoomConfiguration.Partner> partners, int index) {
        RoomConfiguration.Partner partner = partners.get(index);
        for (RoomConfiguration.Partner earlier : partners.subList(0, index)) {
            unique(!earlier.id().equals(partner.id()), Field.PARTNERS, partner.id());
            Revert.unless(
                    !partner.supplies() || !earlier.dataset().equals(partner.dataset()),
                    "DuplicateDataset",
                    partner.dataset());
        }
    }

    private void nodes() {
        List<Account> nodes = configuration.nodes();
        int quorum = configuration.quorum();
        size(Field.NODES, nodes.size(), NODES_MAX);
        Revert.unless(
                quorum * 2 > nodes.size() && quorum <= nodes.size(),
                "QuorumOutOfRange",
                quorum,
                nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            seat(nodes.get(i), Field.NODES, i);
        }
    }

    private void queries() {
        List<RoomConfiguration.Query> queries = configuration.queries();
        size(Field.QUERIES, queries.size(), QUERIES_MAX);
        Set<Word> ids = new HashSet<>();
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int i = 0; i < queries.size(); i++) {
            RoomConfiguration.Query query = queries.get(i);
            nonZero(
                    !query.id().isZero() && query.windowMillis() != 0 && query.charge() != 0,
                    Field.QUERIES,
                    i);
            unique(ids.add(query.id()), Field.QUERIES, query.id());
            Revert.unless(
                    query.datasets() != 0 && (query.datasets() & ~supplierSet) == 0,
                    "DatasetsOutOfRange",
                    query.id(),
                    query.datasets(),
                    supplierSet);
            Revert.unless(
                    configuration.epochMillis() % query.windowMillis() == 0,
                    "WindowAcrossEpochs",
                    query.id(),
                    query.windowMillis(),
                    configuration.epochMillis());
            shortest = Math.min(shortest, query.windowMillis());
            longest = Math.max(longest, query.windowMillis());
        }
        for (RoomConfiguration.Query query : queries) {
            Revert.unless(
                    query.windowMillis() % shortest == 0,
                    "WindowNotMultiple",
                    query.id(),
                    query.windowMillis(),
                    shortest);
        }
        multiple(configuration.start(), longest);
        multiple(configuration.end(), longest);
    }

    private void seat(Account signer, Field field, int index) {
        nonZero(!signer.equals(NOBODY), field, index);
        Revert.unless(seated.add(signer), "DuplicateSigner", signer);
    }

    private static void nonZero(boolean holds, Field field, int index) {
        Revert.unless(holds, "ZeroField", field.number, index);
    }

    private static void size(Field field, int size, int max) {
        Revert.unless(size != 0 && size <= max, "ListSize", field.number, size, max);
    }

    private static void unique(boolean holds, Field field, Word id) {
        Revert.unless(holds, "DuplicateId", field.number, id);
    }

    private static void multiple(long time, long longest) {
        Revert.unless(time % longest == 0, "TimeNotMultiple", time, longest);
    }
}
