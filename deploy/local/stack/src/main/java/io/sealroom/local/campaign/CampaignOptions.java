package io.sealroom.local.campaign;

import java.time.Instant;
import java.util.List;

/**
 * What a {@link CampaignGenerator} makes.
 *
 * @param seed the same seed and options give the same files
 * @param exposures views and clicks, repeated lines not counted, at least 1
 * @param conversions repeated lines not counted, at least 0
 * @param people 5 to 200,000; four of five may be exposed, every one may convert
 * @param start of the campaign; no event is earlier
 * @param hours length of the campaign; every event is earlier than start + hours; 1 to 672
 * @param cells the campaigns or placements an exposure may name, at least one; the earlier in the
 *     list, the more often shown and the better at converting
 * @param badLines lines to add that a reader must refuse, over both files in turn
 */
public record CampaignOptions(
        long seed,
        int exposures,
        int conversions,
        int people,
        Instant start,
        int hours,
        List<String> cells,
        int badLines) {

    public CampaignOptions {
        require(exposures >= 1, "exposures", "at least 1", exposures);
        require(conversions >= 0, "conversions", "at least 0", conversions);
        require(people >= 5 && people <= Population.MAX, "people", "5 to 200000", people);
        require(hours >= 1 && hours <= 672, "hours", "1 to 672", hours);
        require(badLines >= 0, "badLines", "at least 0", badLines);
        cells = List.copyOf(cells);
        require(!cells.isEmpty(), "number of cells", "at least 1", cells.size());
    }

    /** 200,000 exposures and 20,000 conversions of 30,000 people in three hours, nothing bad. */
    public static CampaignOptions standard(long seed, Instant start, List<String> cells) {
        return new CampaignOptions(seed, 200_000, 20_000, 30_000, start, 3, cells, 0);
    }

    /** A tenth of {@link #standard}. */
    public static CampaignOptions small(long seed, Instant start, List<String> cells) {
        return new CampaignOptions(seed, 20_000, 2_000, 3_000, start, 3, cells, 0);
    }

    public CampaignOptions withBadLines(int value) {
        return new CampaignOptions(
                seed, exposures, conversions, people, start, hours, cells, value);
    }

    public CampaignOptions withHours(int value) {
        return new CampaignOptions(
                seed, exposures, conversions, people, start, value, cells, badLines);
    }

    long startMillis() {
        return start.toEpochMilli();
    }

    long lengthMillis() {
        return hours * 3_600_000L;
    }

    private static void require(boolean holds, String parameter, String rule, int given) {
        if (!holds) {
            throw new IllegalArgumentException(
                    String.format("%s must be %s, given %d", parameter, rule, given));
        }
    }
}
