package io.sealroom.reference.cases;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.policy.Policy;
import java.math.BigInteger;
import java.util.List;
import java.util.SortedMap;

/**
 * A history and what comes of it.
 *
 * @param name topic and name: it says the condition and the outcome
 * @param why how the totals follow from the rules
 * @param policy of the room
 * @param history admitted events of all partners, as the file lists them
 * @param totals exact totals of every window of every query, by row index
 */
public record GoldenCase(
        String name,
        String why,
        Policy policy,
        List<HistoryEvent> history,
        SortedMap<QueryWindow, List<BigInteger>> totals) {

    @Override
    public String toString() {
        return name;
    }
}
