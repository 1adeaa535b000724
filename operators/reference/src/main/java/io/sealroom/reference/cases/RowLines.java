package io.sealroom.reference.cases;

import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.RowKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Totals as a case writes them, one window a line: query, start of the window, then every row that
 * is not zero as {@code name=amount}. All else is zero.
 */
final class RowLines {

    private final Policy policy;
    private final SortedMap<QueryWindow, List<BigInteger>> totals = new TreeMap<>();

    RowLines(Policy policy) {
        this.policy = policy;
        for (Query query : policy.queries()) {
            for (long start = policy.startMillis();
                    start < policy.endMillis();
                    start += query.windowMillis()) {
                int rows = query.rows(policy, start).size();
                totals.put(
                        new QueryWindow(query.name(), start),
                        new ArrayList<>(Collections.nCopies(rows, BigInteger.ZERO)));
            }
        }
    }

    void read(String line) {
        String[] fields = line.trim().split(" +", -1);
        Query query = policy.query(fields[0]);
        long start = RoomTime.read(policy, fields[1]);
        List<BigInteger> window = totals.get(new QueryWindow(query.name(), start));
        if (window == null) {
            throw new IllegalArgumentException("no window starts there: " + line);
        }
        for (String row : Arrays.asList(fields).subList(2, fields.length)) {
            int equals = row.indexOf('=');
            BigInteger amount = new BigInteger(row.substring(equals + 1).replace("_", ""));
            int index = index(query.rows(policy, start), row.substring(0, equals));
            if (amount.signum() <= 0 || window.set(index, amount).signum() != 0) {
                throw new IllegalArgumentException("positive, and once: " + line);
            }
        }
    }

    private static int index(List<RowKey> rows, String name) {
        return rows.stream()
                .filter(row -> name(row).equals(name))
                .mapToInt(RowKey::index)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the window has no row " + name));
    }

    private static String name(RowKey row) {
        return switch (row.metric()) {
            case OVERLAP_TOTAL -> "total";
            case REACH -> "reach/" + row.label();
            case OVERLAP_CELL -> "cell/" + row.label();
            case COUNT -> "count" + cell(row);
            case VALUE -> "value" + cell(row);
            case CONVERTERS -> "converters" + cell(row);
            case CAPS -> "caps";
        };
    }

    private static String cell(RowKey row) {
        return row.label().equals(RowKey.UNATTRIBUTED) ? row.label() : "/" + row.label();
    }

    SortedMap<QueryWindow, List<BigInteger>> totals() {
        return Collections.unmodifiableSortedMap(totals);
    }
}
