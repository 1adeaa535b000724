package io.sealroom.partner;

import io.sealroom.partner.csv.CsvRow;
import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.seal.SealSteps;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;

/** The good rows of a file, by slice. All in memory: about 300 bytes a row. */
final class EventFile {

    private final Policy policy;
    private final SealSteps steps;
    private final NavigableMap<Long, List<CsvRow>> slices = new TreeMap<>();

    EventFile(Policy policy, SealSteps steps) {
        this.policy = policy;
        this.steps = steps;
    }

    void add(CsvRow row) {
        slices.computeIfAbsent(steps.sliceOf(row.event().eventTime()), slice -> new ArrayList<>())
                .add(row);
    }

    /** Starts of the slices that have rows. */
    NavigableSet<Long> slices() {
        return slices.navigableKeySet();
    }

    /** Rows of [from, to), by slice and then in file order. */
    List<CsvRow> rows(long from, long to) {
        return slices.subMap(from, true, to, false).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Distinct identifiers of the rows from {@code from} on, by epoch of their tokens. */
    Map<Long, Set<NormalisedIdentifier>> identifiers(long from, EventEncoder encoder) {
        Map<Long, Set<NormalisedIdentifier>> byEpoch = new HashMap<>();
        for (CsvRow row : rows(from, policy.endMillis())) {
            for (long epoch : encoder.tokenEpochs(row.event())) {
                byEpoch.computeIfAbsent(epoch, unused -> new LinkedHashSet<>())
                        .add(row.event().identifier());
            }
        }
        return byEpoch;
    }
}
