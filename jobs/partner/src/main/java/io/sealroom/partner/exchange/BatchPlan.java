package io.sealroom.partner.exchange;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Which identifiers travel in one request, and how large it looks.
 *
 * @param identifiers at most {@code size}
 * @param size elements, padding included
 */
record BatchPlan(List<NormalisedIdentifier> identifiers, int size) {

    private static final int PADDED_MIN = 64;

    BatchPlan {
        identifiers = List.copyOf(identifiers);
    }

    /**
     * Full batches and a last one that is padded to a power of two, at least 64: evaluators learn
     * the size of a base roughly, and of a small one nothing.
     */
    static List<BatchPlan> split(List<NormalisedIdentifier> identifiers, int batchSize) {
        List<BatchPlan> batches = new ArrayList<>();
        for (int from = 0; from < identifiers.size(); from += batchSize) {
            int to = Math.min(identifiers.size(), from + batchSize);
            batches.add(
                    new BatchPlan(
                            identifiers.subList(from, to), Math.min(batchSize, padded(to - from))));
        }
        return batches;
    }

    /** Elements of all batches that so many identifiers take, padding included. */
    static long elements(long identifiers, int batchSize) {
        long rest = identifiers % batchSize;
        return identifiers - rest + (rest == 0 ? 0 : Math.min(batchSize, padded((int) rest)));
    }

    private static int padded(int count) {
        int size = PADDED_MIN;
        while (size < count) {
            size *= 2;
        }
        return size;
    }
}
