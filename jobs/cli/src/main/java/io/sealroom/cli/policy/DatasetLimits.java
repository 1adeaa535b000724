package io.sealroom.cli.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a data set may spend, zCDP micro-rho.
 *
 * @param perPeriod what all rooms together may spend in a period
 * @param forLife what all rooms together may ever spend; empty if that is not known
 * @param allowed how much of it rooms are allowed already
 * @param spent by all rooms, by period; periods without any are left out
 */
record DatasetLimits(
        long perPeriod, OptionalLong forLife, long allowed, SortedMap<Long, Long> spent) {

    DatasetLimits {
        spent = Collections.unmodifiableSortedMap(new TreeMap<>(spent));
    }

    /** Limits of a data set that nobody has spent of. */
    static DatasetLimits untouched(long perPeriod, OptionalLong forLife) {
        return new DatasetLimits(perPeriod, forLife, 0, new TreeMap<>());
    }

    /**
     * Why they do not suffice, one text a reason.
     *
     * @param cost of an epoch
     * @param epochs of the room
     */
    List<String> shortages(BigInteger cost, long epochs) {
        List<String> shortages = new ArrayList<>();
        if (cost.compareTo(BigInteger.valueOf(perPeriod)) > 0) {
            shortages.add(
                    String.format(
                            "an epoch costs %d micro-rho, its limit per period is %d",
                            cost, perPeriod));
        } else {
            for (Map.Entry<Long, Long> period : spent.entrySet()) {
                BigInteger left = BigInteger.valueOf(perPeriod - period.getValue());
                if (cost.compareTo(left) > 0) {
                    shortages.add(
                            String.format(
                                    "an epoch costs %d micro-rho, in period %d only %d are left",
                                    cost, period.getKey(), left));
                }
            }
        }
        shortOfLife(cost, epochs, shortages);
        return shortages;
    }

    private void shortOfLife(BigInteger cost, long epochs, List<String> shortages) {
        // Allowances beyond what a long holds: the contract knows the rest, and so much is enough.
        if (forLife.isEmpty() || allowed == Long.MAX_VALUE) {
            return;
        }
        BigInteger left = BigInteger.valueOf(forLife.getAsLong() - allowed);
        BigInteger all = cost.multiply(BigInteger.valueOf(epochs));
        if (all.compareTo(left) > 0) {
            shortages.add(
                    String.format(
                            "the room's %s cost%s %d micro-rho, of its limit for life %d are"
                                    + " allowed to no room yet: enough for %s",
                            Figures.epochs(epochs),
                            epochs == 1 ? "s" : "",
                            all,
                            left,
                            Figures.epochs(left.divide(cost).longValueExact())));
        }
    }
}
