package io.sealroom.contracts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One configuration per reason that the contract's constructor has to refuse one. */
final class RefusedConfigurations {

    /**
     * A configuration and what the contract says to it.
     *
     * @param error text of the {@link ContractError}
     */
    record Refused(String error, RoomConfiguration configuration) {}

    private static final RoomConfiguration GOOD = TestRoom.configuration(1);
    private static final long INSIDE_A_DAY = TestRoom.START + TestRoom.HOUR;

    private RefusedConfigurations() {}

    static List<Refused> all() {
        List<Refused> all = new ArrayList<>();
        all.add(new Refused("ZeroField(0, 0)", scalars(Word.ZERO, GOOD.policyHash(), 1, 2)));
        all.add(new Refused("ZeroField(1, 0)", scalars(GOOD.room(), Word.ZERO, 1, 2)));
        all.add(new Refused("ZeroField(2, 0)", scalars(GOOD.room(), GOOD.policyHash(), 0, 2)));
        all.add(
                new Refused(
                        "TimesOutOfOrder(" + TestRoom.END + ", " + TestRoom.END + ")",
                        times(TestRoom.END, TestRoom.END)));
        partners(all);
        nodes(all);
        queries(all);
        all.add(
                new Refused(
                        "TimeNotMultiple(" + INSIDE_A_DAY + ", " + TestRoom.DAY + ")",
                        times(INSIDE_A_DAY, TestRoom.END)));
        all.add(
                new Refused(
                        "TimeNotMultiple(" + INSIDE_A_DAY + ", " + TestRoom.DAY + ")",
                        times(TestRoom.START, INSIDE_A_DAY)));
        return all;
    }

    private static void partners(List<Refused> all) {
        RoomConfiguration.Partner first = GOOD.partners().get(0);
        Account nobody = new Account("0x" + "0".repeat(40));
        RoomConfiguration.Partner evaluator =
                new RoomConfiguration.Partner(first.id(), first.signer(), false);
        all.add(new Refused("ListSize(3, 0, 16)", partners()));
        all.add(
                new Refused(
                        "ListSize(3, 17, 16)",
                        partners(
                                Collections.nCopies(17, first)
                                        .toArray(new RoomConfiguration.Partner[0]))));
        all.add(
                new Refused(
                        "ZeroField(3, 1)",
                        partners(
                                first,
                                new RoomConfiguration.Partner(
                                        Word.ZERO, TestRoom.signer(9).account(), true))));
        all.add(
                new Refused(
                        "ZeroField(3, 0)",
                        partners(new RoomConfiguration.Partner(first.id(), nobody, true))));
        all.add(new Refused("DuplicateId(3, " + first.id() + ")", partners(first, first)));
        all.add(
                new Refused(
                        "DuplicateSigner(" + first.signer() + ")",
                        partners(
                                first,
                                new RoomConfiguration.Partner(
                                        TestRoom.ADVERTISER, first.signer(), true))));
        all.add(new Refused("NothingSupplied(1)", partners(evaluator)));
    }

    private static void nodes(List<Refused> all) {
        Account node = GOOD.nodes().get(0);
        Account partner = GOOD.partners().get(0).signer();
        all.add(new Refused("ListSize(4, 0, 32)", nodes(1)));
        all.add(
                new Refused(
                        "ListSize(4, 33, 32)",
                        nodes(17, Collections.nCopies(33, node).toArray(new Account[0]))));
        all.add(
                new Refused(
                        "QuorumOutOfRange(1, 2)", nodes(1, node, TestRoom.signer(9).account())));
        all.add(new Refused("QuorumOutOfRange(2, 1)", nodes(2, node)));
        all.add(new Refused("DuplicateSigner(" + node + ")", nodes(2, node, node)));
        all.add(new Refused("DuplicateSigner(" + partner + ")", nodes(2, node, partner)));
        all.add(new Refused("ZeroField(4, 1)", nodes(2, node, new Account("0x" + "0".repeat(40)))));
    }

    private static void queries(List<Refused> all) {
        RoomConfiguration.Query hourly = GOOD.queries().get(0);
        all.add(new Refused("ListSize(5, 0, 64)", queries()));
        all.add(
                new Refused(
                        "ListSize(5, 65, 64)",
                        queries(
                                Collections.nCopies(65, hourly)
                                        .toArray(new RoomConfiguration.Query[0]))));
        all.add(new Refused("ZeroField(5, 0)", queries(new RoomConfiguration.Query(Word.ZERO, 1))));
        all.add(
                new Refused(
                        "ZeroField(5, 1)",
                        queries(hourly, new RoomConfiguration.Query(TestRoom.DAILY, 0))));
        all.add(new Refused("DuplicateId(5, " + hourly.id() + ")", queries(hourly, hourly)));
        long odd = TestRoom.HOUR + 1;
        all.add(
                new Refused(
                        "WindowNotMultiple("
                                + String.join(
                                        ", ",
                                        TestRoom.DAILY.toString(),
                                        Long.toString(odd),
                                        Long.toString(TestRoom.HOUR))
                                + ")",
                        queries(hourly, new RoomConfiguration.Query(TestRoom.DAILY, odd))));
    }

    private static RoomConfiguration scalars(
            Word room, Word policyHash, int semantics, int quorum) {
        return new RoomConfiguration(
                room,
                policyHash,
                GOOD.start(),
                GOOD.end(),
                semantics,
                1,
                quorum,
                GOOD.partners(),
                GOOD.nodes(),
                GOOD.queries());
    }

    private static RoomConfiguration times(long start, long end) {
        return new RoomConfiguration(
                GOOD.room(),
                GOOD.policyHash(),
                start,
                end,
                1,
                1,
                2,
                GOOD.partners(),
                GOOD.nodes(),
                GOOD.queries());
    }

    private static RoomConfiguration partners(RoomConfiguration.Partner... partners) {
        return lists(2, List.of(partners), GOOD.nodes(), GOOD.queries());
    }

    private static RoomConfiguration nodes(int quorum, Account... nodes) {
        return lists(quorum, GOOD.partners(), List.of(nodes), GOOD.queries());
    }

    private static RoomConfiguration queries(RoomConfiguration.Query... queries) {
        return lists(2, GOOD.partners(), GOOD.nodes(), List.of(queries));
    }

    private static RoomConfiguration lists(
            int quorum,
            List<RoomConfiguration.Partner> partners,
            List<Account> nodes,
            List<RoomConfiguration.Query> queries) {
        return new RoomConfiguration(
                GOOD.room(),
                GOOD.policyHash(),
                GOOD.start(),
                GOOD.end(),
                1,
                1,
                quorum,
                partners,
                nodes,
                queries);
    }
}
