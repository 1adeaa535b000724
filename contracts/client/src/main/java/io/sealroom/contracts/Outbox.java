package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a sender has under way, by number: what a replacement has to outbid, and whose number is
 * whose. Not thread-safe.
 */
final class Outbox {

    /** EIP-1559, wei per gas. */
    record Fees(BigInteger priority, BigInteger max) {}

    /**
     * A transaction that was taken.
     *
     * @param sentAt the newest block when it was sent
     * @param replacements how often its number was sent anew
     */
    record Entry(
            Word transaction,
            String to,
            String data,
            BigInteger gasLimit,
            Fees fees,
            long sentAt,
            int replacements) {

        Entry withReplacements(int count) {
            return new Entry(transaction, to, data, gasLimit, fees, sentAt, count);
        }
    }

    private final NavigableMap<BigInteger, Entry> entries = new TreeMap<>();

    Optional<Entry> at(BigInteger number) {
        return Optional.ofNullable(entries.get(number));
    }

    /** Where a call is under way; the lowest number, if at several. */
    Optional<BigInteger> numberOf(String to, String data) {
        return entries.entrySet().stream()
                .filter(e -> e.getValue().to().equals(to) && e.getValue().data().equals(data))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Notes what was taken, and how often its number was taken before. */
    void put(BigInteger number, Entry sent) {
        int replacements = at(number).map(earlier -> earlier.replacements() + 1).orElse(0);
        entries.put(number, sent.withReplacements(replacements));
    }

    /** It is in a block. */
    void mined(Word transaction) {
        entries.values().removeIf(entry -> entry.transaction().equals(transaction));
    }

    /** All lower numbers are in blocks. */
    void minedBelow(BigInteger number) {
        entries.headMap(number).clear();
    }
}
