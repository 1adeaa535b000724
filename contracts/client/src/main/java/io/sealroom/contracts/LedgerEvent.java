package io.sealroom.contracts;

import java.util.List;

/** An event of a BudgetLedger. Amounts are zCDP micro-rho. */
public sealed interface LedgerEvent extends ChainEvent {

    record Registered(
            Position at,
            Word dataset,
            Account owner,
            Word name,
            long periodMillis,
            long limitPerPeriod,
            long limitForLife)
            implements LedgerEvent {}

    /** A room may from now on spend up to so much in all. */
    record Allowed(Position at, Word dataset, Account room, long allowance)
            implements LedgerEvent {}

    /**
     * A room paid for a query's releases of a period.
     *
     * @param start of the window that was released first
     * @param datasets each paid the whole amount
     */
    record Charged(
            Position at,
            Account room,
            long period,
            Word query,
            long start,
            long amount,
            List<Word> datasets)
            implements LedgerEvent {

        public Charged {
            datasets = List.copyOf(datasets);
        }
    }
}
