package io.sealroom.contracts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One change to a good configuration per reason that the contract's constructor has to refuse it.
 */
final class RefusedConfigurations {

    /**
     * A change and what the contract says to it.
     *
     * @param error text of the {@link ContractError}
     */
    record Refused(String error, UnaryOperator<RoomConfiguration> change) {}

    private static final RoomConfiguration GOOD =
            TestRoom.configuration(1, new Account("0x" + "77".repeat(20)));
    private static final Account NOBODY = new Account("0x" + "0".repeat(40));
    private static final Account OTHER = new Account("0x" + "99".repeat(20));
    private static final Account ANOTHER = new Account("0x" + "88".repeat(20));
    private static final Word ID = RoomDigests.id("another");
    private static final long INSIDE_A_DAY = TestRoom.START + TestRoom.HOUR;

    private final List<Refused> all = new ArrayList<>();

    static List<Refused> all() {
        RefusedConfigurations refused = new RefusedConfigurations();
        refused.scalars();
        refused.partners();
        refused.nodes();
        refused.queries();
        refused.times();
        return refused.all;
    }

    private void add(String error, UnaryOperator<RoomConfiguration> change) {
        all.add(new Refused(error, change));
    }

    private void scalars() {
        add("ZeroField(0, 0)", c -> with(c, Word.ZERO, c.policyHash(), c.semantics()));
        add("ZeroField(1, 0)", c -> with(c, c.room(), Word.ZERO, c.semantics()));
        add("ZeroField(2, 0)", c -> with(c, c.room(), c.policyHash(), 0));
        add("ZeroField(3, 0)", c -> with(c, c.start(), c.end(), 0, c.ledger()));
        add("NoLedger(" + OTHER + ")", c -> with(c, c.start(), c.end(), c.epochMillis(), OTHER));
        add(
                "TimesOutOfOrder(" + TestRoom.END + ", " + TestRoom.END + ")",
                c -> with(c, TestRoom.END, TestRoom.END, c.epochMillis(), c.ledger()));
        add("TooManyEpochs(336, 256)", c -> with(c, c.start(), c.end(), TestRoom.HOUR, c.ledger()));
    }

    private void partners() {
        RoomConfiguration.Partner first = GOOD.partners().get(0);
        Word dataset = first.dataset();
        partners("ListSize(4, 0, 16)");
        partners(
                "ListSize(4, 17, 16)",
                Collections.nCopies(17, first).toArray(new RoomConfiguration.Partner[0]));
        partners("ZeroField(4, 1)", first, partner(Word.ZERO, OTHER, ANOTHER, Word.ZERO));
        partners("ZeroField(4, 0)", partner(first.id(), OTHER, NOBODY, dataset));
        partners("ZeroField(4, 0)", partner(first.id(), NOBODY, OTHER, dataset));
        partners("DuplicateId(4, " + first.id() + ")", first, first);
        partners("DuplicateDataset(" + dataset + ")", first, partner(ID, OTHER, ANOTHER, dataset));
        partners(
                "DuplicateSigner(" + first.signer() + ")",
                first,
                partner(ID, OTHER, first.signer(), Word.ZERO));
        partners(
                "DuplicateSigner(" + first.approver() + ")",
                first,
                partner(ID, first.approver(), OTHER, Word.ZERO));
        partners(
                "DuplicateSigner(" + first.signer() + ")",
                first,
                partner(ID, first.signer(), OTHER, Word.ZERO));
        partners("NothingSupplied(1)", partner(ID, OTHER, OTHER, Word.ZERO));
    }

    private void partners(String error, RoomConfiguration.Partner... partners) {
        add(error, c -> with(c, c.quorum(), List.of(partners), c.nodes(), c.queries()));
    }

    private static RoomConfiguration.Partner partner(
            Word id, Account approver, Account signer, Word dataset) {
        return new RoomConfiguration.Partner(id, approver, signer, dataset);
    }

    private void nodes() {
        Account node = GOOD.nodes().get(0);
        Account partner = GOOD.partners().get(0).signer();
        Account approver = GOOD.partners().get(0).approver();
        nodes("ListSize(5, 0, 32)", 1);
        nodes("ListSize(5, 33, 32)", 17, Collections.nCopies(33, node).toArray(new Account[0]));
        nodes("QuorumOutOfRange(1, 2)", 1, node, OTHER);
        nodes("QuorumOutOfRange(2, 1)", 2, node);
        nodes("DuplicateSigner(" + node + ")", 2, node, node);
        nodes("DuplicateSigner(" + partner + ")", 2, node, partner);
        nodes("DuplicateSigner(" + approver + ")", 2, node, approver);
        nodes("ZeroField(5, 1)", 2, node, NOBODY);
    }

    private void nodes(String error, int quorum, Account... nodes) {
        add(error, c -> with(c, quorum, c.partners(), List.of(nodes), c.queries()));
    }

    private void queries() {
        RoomConfiguration.Query hourly = GOOD.queries().get(0);
        long hour = TestRoom.HOUR;
        long charge = TestRoom.CHARGE;
        queries("ListSize(6, 0, 64)");
        queries(
                "ListSize(6, 65, 64)",
                Collections.nCopies(65, hourly).toArray(new RoomConfiguration.Query[0]));
        queries("ZeroField(6, 0)", new RoomConfiguration.Query(Word.ZERO, hour, charge, 1));
        queries("ZeroField(6, 1)", hourly, new RoomConfiguration.Query(ID, 0, charge, 1));
        queries("ZeroField(6, 1)", hourly, new RoomConfiguration.Query(ID, hour, 0, 1));
        queries("DuplicateId(6, " + hourly.id() + ")", hourly, hourly);
        queries(
                "DatasetsOutOfRange(" + ID + ", 0, 5)",
                hourly,
                new RoomConfiguration.Query(ID, hour, charge, 0));
        queries(
                "DatasetsOutOfRange(" + ID + ", 3, 5)",
                hourly,
                new RoomConfiguration.Query(ID, hour, charge, 0b11));
        queries(
                "WindowAcrossEpochs(" + ID + ", " + 5 * hour + ", " + TestRoom.EPOCH + ")",
                hourly,
                new RoomConfiguration.Query(ID, 5 * hour, charge, 1));
        queries(
                "WindowNotMultiple(" + ID + ", " + 3 * hour + ", " + 2 * hour + ")",
                new RoomConfiguration.Query(TestRoom.HOURLY, 2 * hour, charge, 1),
                new RoomConfiguration.Query(ID, 3 * hour, charge, 1));
    }

    private void queries(String error, RoomConfiguration.Query... queries) {
        add(error, c -> with(c, c.quorum(), c.partners(), c.nodes(), List.of(queries)));
    }

    private void times() {
        String error = "TimeNotMultiple(" + INSIDE_A_DAY + ", " + TestRoom.DAY + ")";
        add(error, c -> with(c, INSIDE_A_DAY, c.end(), c.epochMillis(), c.ledger()));
        add(error, c -> with(c, c.start(), INSIDE_A_DAY, c.epochMillis(), c.ledger()));
    }

    private static RoomConfiguration with(
            RoomConfiguration c, Word room, Word policyHash, int semantics) {
        return new RoomConfiguration(
                room,
                policyHash,
                c.start(),
                c.end(),
                c.epochMillis(),
                c.quota(),
                semantics,
                c.finalityDepth(),
                c.quorum(),
                c.ledger(),
                c.partners(),
                c.nodes(),
                c.queries());
    }

    private static RoomConfiguration with(
            RoomConfiguration c, long start, long end, long epochMillis, Account ledger) {
        return new RoomConfiguration(
                c.room(),
                c.policyHash(),
                start,
                end,
                epochMillis,
                c.quota(),
                c.semantics(),
                c.finalityDepth(),
                c.quorum(),
                ledger,
                c.partners(),
                c.nodes(),
                c.queries());
    }

    private static RoomConfiguration with(
            RoomConfiguration c,
            int quorum,
            List<RoomConfiguration.Partner> partners,
            List<Account> nodes,
            List<RoomConfiguration.Query> queries) {
        return new RoomConfiguration(
                c.room(),
                c.policyHash(),
                c.start(),
                c.end(),
                c.epochMillis(),
                c.quota(),
                c.semantics(),
                c.finalityDepth(),
                quorum,
                c.ledger(),
                partners,
                nodes,
                queries);
    }
}
