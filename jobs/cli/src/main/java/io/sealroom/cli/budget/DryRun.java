package io.sealroom.cli.budget;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.Word;
import io.sealroom.partner.ceremony.RoomConfigurations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an epoch of a room can be paid, query by query in policy order, each after those before
 * it.
 *
 * @param epoch index of the epoch
 * @param queries policy order
 */
record DryRun(long epoch, List<Planned> queries) {

    private static final long CHARGE_MAX = RoomConfigurations.CHARGE_MAX.longValueExact();

    DryRun {
        queries = List.copyOf(queries);
    }

    /**
     * A query's charge of the epoch.
     *
     * @param paid whether it is paid already
     * @param shortOf the data set that cannot pay; empty if all can, or have
     */
    record Planned(Word query, long amount, boolean paid, Optional<Word> shortOf) {}

    boolean affordable() {
        return queries.stream().allMatch(query -> query.shortOf().isEmpty());
    }

    /**
     * The epoch that is paid for next: the first from that of {@code now} on, or from the room's
     * first if it is not running, in which a query is not paid yet; the room's last if all are.
     */
    static long next(RoomConfiguration configuration, RoomContract room, long now)
            throws IOException {
        boolean running = now >= configuration.start() && now < configuration.end();
        long epoch = running ? now / configuration.epochMillis() : configuration.firstEpoch();
        while (epoch < configuration.lastEpoch() && paid(configuration, room, epoch)) {
            epoch++;
        }
        return epoch;
    }

    private static boolean paid(RoomConfiguration configuration, RoomContract room, long epoch)
            throws IOException {
        for (RoomConfiguration.Query query : configuration.queries()) {
            if (!room.charged(query.id(), epoch)) {
                return false;
            }
        }
        return true;
    }

    static DryRun of(
            RoomConfiguration configuration, RoomContract room, LedgerContract ledger, long epoch)
            throws IOException {
        Account address = room.location().contract();
        Map<Word, Long> planned = new HashMap<>();
        List<Planned> queries = new ArrayList<>();
        for (RoomConfiguration.Query query : configuration.queries()) {
            boolean paid = room.charged(query.id(), epoch);
            Optional<Word> shortOf =
                    paid
                            ? Optional.empty()
                            : shortOf(
                                    datasets(configuration, query),
                                    query.charge(),
                                    planned,
                                    (dataset, amount) ->
                                            ledger.shortOf(address, List.of(dataset), epoch, amount)
                                                    .isPresent());
            queries.add(new Planned(query.id(), query.charge(), paid, shortOf));
        }
        return new DryRun(epoch, queries);
    }

    /** The data sets that pay for a query. */
    private static List<Word> datasets(
            RoomConfiguration configuration, RoomConfiguration.Query query) {
        List<Word> datasets = new ArrayList<>();
        for (int i = 0; i < configuration.partners().size(); i++) {
            if ((query.datasets() >> i & 1) == 1) {
                datasets.add(configuration.partners().get(i).dataset());
            }
        }
        return datasets;
    }

    /** Whether a data set cannot pay an amount. */
    private interface Shortage {
        boolean at(Word dataset, long amount) throws IOException;
    }

    /** What cannot be paid is withheld and charged to nobody, so that it takes nothing away. */
    private static Optional<Word> shortOf(
            List<Word> datasets, long charge, Map<Word, Long> planned, Shortage shortage)
            throws IOException {
        for (Word dataset : datasets) {
            long amount = planned.getOrDefault(dataset, 0L) + charge;
            if (amount > CHARGE_MAX || shortage.at(dataset, amount)) {
                return Optional.of(dataset);
            }
        }
        datasets.forEach(dataset -> planned.merge(dataset, charge, Long::sum));
        return Optional.empty();
    }
}
