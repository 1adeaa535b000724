package io.sealroom.partner.seal;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What was acknowledged in one partition, against what is read back from it. The chain head moves
 * only over records that were read back and equal their acknowledgement, in offset order; offsets
 * may skip, since markers of transactions take some.
 */
public final class PartitionLedger {

    private final int partition;
    private final Deque<Acknowledged> expected = new ArrayDeque<>();
    private ChainHead head;

    private record Acknowledged(long offset, Bytes32 valueHash) {}

    /**
     * @param head count and head of the records already verified
     */
    public PartitionLedger(int partition, ChainHead head) {
        this.partition = partition;
        this.head = head;
    }

    /**
     * Notes what the broker acknowledged.
     *
     * @throws IllegalArgumentException if offsets do not rise
     */
    public void acknowledged(long offset, Bytes32 valueHash) {
        if (!expected.isEmpty() && expected.getLast().offset() >= offset) {
            throw new IllegalArgumentException(
                    String.format(
                            "offset must be above %d, got %d",
                            expected.getLast().offset(), offset));
        }
        expected.add(new Acknowledged(offset, valueHash));
    }

    /** Compares the next record that the partition holds. */
    public Optional<LedgerDifference> readBack(long offset, Bytes32 valueHash) {
        Acknowledged next = expected.peekFirst();
        if (next == null || offset < next.offset()) {
            return difference(offset, LedgerDifference.Kind.UNEXPECTED_RECORD);
        }
        if (offset > next.offset()) {
            return difference(next.offset(), LedgerDifference.Kind.MISSING_RECORD);
        }
        if (!next.valueHash().equals(valueHash)) {
            return difference(offset, LedgerDifference.Kind.OTHER_VALUE);
        }
        expected.removeFirst();
        head = head.nextHashed(valueHash);
        return Optional.empty();
    }

    /** To be asked when everything the partition holds has been read back. */
    public Optional<LedgerDifference> atEnd() {
        Acknowledged missing = expected.peekFirst();
        return missing == null
                ? Optional.empty()
                : difference(missing.offset(), LedgerDifference.Kind.MISSING_RECORD);
    }

    /** Offset of the last record that is still to be read back; -1 if there is none. */
    public long lastExpectedOffset() {
        return expected.isEmpty() ? -1 : expected.getLast().offset();
    }

    /** Count and head of everything read back. */
    public ChainHead head() {
        return head;
    }

    private Optional<LedgerDifference> difference(long offset, LedgerDifference.Kind kind) {
        return Optional.of(new LedgerDifference(partition, offset, kind));
    }
}
