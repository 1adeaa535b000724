package io.sealroom.local.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws the publisher's events: views by people of unequal activity, and after one view of a
 * hundred its click.
 */
final class Exposures {

    private static final int EVERY_CLICKED = 100;
    private static final int CLICK_DELAY_MAX_MILLIS = 60_000;

    private Exposures() {}

    /** Exactly as many events as the options ask for, in no order of time. */
    static List<CampaignEvent> draw(CampaignOptions options, SplittableRandom random) {
        int exposedPeople = options.people() / 5 * 4;
        Activity people = new Activity(exposedPeople, exposedPeople / 150.0);
        Activity cells = new Activity(options.cells().size(), 1);
        List<CampaignEvent> events = new ArrayList<>(options.exposures());
        while (events.size() < options.exposures()) {
            CampaignEvent view =
                    new CampaignEvent(
                            id(events.size()),
                            people.draw(random),
                            options.startMillis() + random.nextLong(options.lengthMillis()),
                            CampaignEvent.Kind.VIEW,
                            cells.draw(random),
                            CampaignEvent.NONE);
            events.add(view);
            if (random.nextInt(EVERY_CLICKED) == 0 && events.size() < options.exposures()) {
                addClick(view, options, random, events);
            }
        }
        return events;
    }

    private static void addClick(
            CampaignEvent view,
            CampaignOptions options,
            SplittableRandom random,
            List<CampaignEvent> events) {
        long time = view.timeMillis() + 1 + random.nextInt(CLICK_DELAY_MAX_MILLIS);
        if (time < options.startMillis() + options.lengthMillis()) {
            events.add(
                    new CampaignEvent(
                            id(events.size()),
                            view.person(),
                            time,
                            CampaignEvent.Kind.CLICK,
                            view.cell(),
                            CampaignEvent.NONE));
        }
    }

    private static String id(int number) {
        return "imp-" + Digits.of(7, number);
    }
}
