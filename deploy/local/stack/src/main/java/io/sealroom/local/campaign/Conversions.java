package io.sealroom.local.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws the advertiser's events. Three of four follow an exposure, by an exponential delay of half
 * an hour in the mean; a click is followed more often than a view, an early cell more often than a
 * late one, so that the cells differ in the result. The others are by anyone at any time, exposed
 * or not.
 */
final class Conversions {

    private static final double FOLLOWING = 0.75;
    private static final double DELAY_MEAN_MILLIS = 1_800_000;

    /** How often a view of the first cell is followed, where a click is 1. */
    private static final double VIEW_STRENGTH = 0.1;

    /**
     * Tries to find an exposure that leads to a conversion in time; beyond it the conversion
     * follows none.
     */
    private static final int TRIES = 500;

    private static final int[] PRICES = {
        299, 499, 799, 999, 1_499, 1_999, 2_499, 3_999, 5_999, 9_999, 14_999, 24_999
    };

    private Conversions() {}

    /** Exactly as many events as the options ask for, in no order of time. */
    static List<CampaignEvent> draw(
            CampaignOptions options, List<CampaignEvent> exposures, SplittableRandom random) {
        List<CampaignEvent> events = new ArrayList<>(options.conversions());
        for (int i = 0; i < options.conversions(); i++) {
            int person = random.nextInt(options.people());
            long time = options.startMillis() + random.nextLong(options.lengthMillis());
            if (random.nextDouble() < FOLLOWING) {
                for (int tries = 0; tries < TRIES; tries++) {
                    CampaignEvent cause = exposures.get(random.nextInt(exposures.size()));
                    long after = cause.timeMillis() + delayMillis(random);
                    if (random.nextDouble() < strength(cause, options)
                            && after < options.startMillis() + options.lengthMillis()) {
                        person = cause.person();
                        time = after;
                        break;
                    }
                }
            }
            events.add(conversion(i, person, time, random));
        }
        return events;
    }

    private static CampaignEvent conversion(
            int number, int person, long time, SplittableRandom random) {
        return new CampaignEvent(
                "order-" + Digits.of(6, number),
                person,
                time,
                CampaignEvent.Kind.CONVERSION,
                CampaignEvent.NONE,
                PRICES[random.nextInt(PRICES.length)] * (1 + random.nextInt(3)));
    }

    private static long delayMillis(SplittableRandom random) {
        // StrictMath: the same bits on every machine.
        return 1 + (long) (-DELAY_MEAN_MILLIS * StrictMath.log(1 - random.nextDouble()));
    }

    private static double strength(CampaignEvent exposure, CampaignOptions options) {
        if (exposure.kind() == CampaignEvent.Kind.CLICK) {
            return 1;
        }
        int cells = options.cells().size();
        return VIEW_STRENGTH * (cells - exposure.cell()) / cells;
    }
}
