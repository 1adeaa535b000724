package io.sealroom.streaming.agreement;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Token;
import io.sealroom.streaming.flow.TotalKey;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A disagreement for people: policy, events, and the rows that differ. */
final class Report {

    private Report() {}

    static String of(
            Policy policy,
            List<HistoryEvent> history,
            Map<TotalKey, BigInteger> expected,
            Map<TotalKey, BigInteger> found) {
        String json = policy.canonicalJson();
        return Stream.of(
                        Stream.of(json.substring(json.indexOf("\"queries\""))),
                        history.stream()
                                .sorted(Comparator.comparing(entry -> entry.event().eventTime()))
                                .map(entry -> event(policy, entry)),
                        differences(policy, expected, found))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n  ", "\n  ", "\n"));
    }

    private static String event(Policy policy, HistoryEvent entry) {
        BlindedEvent event = entry.event();
        return String.format(
                "%s epoch %d +%d s (%d ms) %s %s %s id %d/%d cell %s value %s hash %s",
                entry.partner(),
                event.epoch(),
                (event.eventTime() - policy.startMillis()) / 1000,
                event.eventTime(),
                event.kind(),
                event.identifierKind(),
                event.tokens().stream().map(Report::token).toList(),
                event.eventId().high(),
                event.eventId().low(),
                event.cell(),
                event.value(),
                entry.recordHash().toHex().substring(0, 10));
    }

    private static String token(Token token) {
        return String.format("%016x %016x %d %d", token.w0(), token.w1(), token.w2(), token.w3());
    }

    private static Stream<String> differences(
            Policy policy, Map<TotalKey, BigInteger> expected, Map<TotalKey, BigInteger> found) {
        Set<TotalKey> rows =
                new TreeSet<>(
                        Comparator.comparing(TotalKey::query)
                                .thenComparing(TotalKey::windowStart)
                                .thenComparing(TotalKey::row));
        rows.addAll(expected.keySet());
        rows.addAll(found.keySet());
        return rows.stream()
                .filter(
                        row ->
                                !expected.getOrDefault(row, BigInteger.ZERO)
                                        .equals(found.getOrDefault(row, BigInteger.ZERO)))
                .map(
                        row ->
                                String.format(
                                        "%s window +%d s row %d (%s): expected %s, found %s",
                                        policy.queries().get(row.query()).name(),
                                        (row.windowStart() - policy.startMillis()) / 1000,
                                        row.row(),
                                        policy.queries()
                                                .get(row.query())
                                                .rows(policy, row.windowStart())
                                                .get(row.row())
                                                .metric(),
                                        expected.getOrDefault(row, BigInteger.ZERO),
                                        found.getOrDefault(row, BigInteger.ZERO)));
    }
}
