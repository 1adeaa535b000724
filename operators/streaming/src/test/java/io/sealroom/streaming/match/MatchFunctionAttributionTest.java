package io.sealroom.streaming.match;

import static io.sealroom.streaming.match.MatchRoom.ADVERTISER;
import static io.sealroom.streaming.match.MatchRoom.DAY;
import static io.sealroom.streaming.match.MatchRoom.LAST_TOUCH;
import static io.sealroom.streaming.match.MatchRoom.NEWS;
import static io.sealroom.streaming.match.MatchRoom.PUBLISHER;
import static io.sealroom.streaming.match.MatchRoom.SHOP;
import static io.sealroom.streaming.match.MatchRoom.SPORTS;
import static io.sealroom.streaming.match.MatchRoom.TWO_TOUCHES;
import static io.sealroom.streaming.match.MatchRoom.WEATHER;
import static io.sealroom.streaming.match.MatchRoom.click;
import static io.sealroom.streaming.match.MatchRoom.conversion;
import static io.sealroom.streaming.match.MatchRoom.event;
import static io.sealroom.streaming.match.MatchRoom.named;
import static io.sealroom.streaming.match.MatchRoom.time;
import static io.sealroom.streaming.match.MatchRoom.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.attribution.OwnTokenCap;
import io.sealroom.privacy.attribution.Touch;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.PartnerTouches;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchFunctionAttributionTest {

    @Test
    void onTimer_conversionAfterView_admittedAtTheEndOfItsSlice() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            AdmittedEvent conversion = conversion("ann", 25, 70);
            match.add(view(PUBLISHER, "ann", 5, SPORTS), conversion);
            match.completeTo(20);
            assertThat(match.conversions()).isEmpty();
            match.completeTo(30);
            assertThat(match.conversions(LAST_TOUCH))
                    .containsExactly(
                            new MatchedConversion(
                                    ADVERTISER,
                                    conversion.key(),
                                    conversion.eventId(),
                                    time(25),
                                    70,
                                    1 << LAST_TOUCH | 1 << TWO_TOUCHES,
                                    List.of(
                                            new PartnerTouches(
                                                    PUBLISHER,
                                                    List.of(
                                                            touch(
                                                                    view(
                                                                            PUBLISHER, "ann", 5,
                                                                            SPORTS)))))));
        }
    }

    @Test
    void onTimer_touchAndConversionInOneSlice_onlyTheOlderTouchCounts() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    view(PUBLISHER, "ann", 9, NEWS),
                    conversion("ann", 5, 1),
                    view(PUBLISHER, "ann", 5, WEATHER),
                    view(PUBLISHER, "ann", 4, SPORTS));
            match.completeTo(10);
            assertThat(cells(match, LAST_TOUCH)).containsExactly(List.of(SPORTS));
        }
    }

    @Test
    void onTimer_noEligibleTouch_admittedWithoutTouches() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(conversion("ann", 5, 1), view(PUBLISHER, "bob", 1, NEWS));
            match.completeTo(10);
            assertThat(cells(match, LAST_TOUCH)).containsExactly(List.of());
        }
    }

    @Test
    void onTimer_lookBackBounds_inclusive() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    view(PUBLISHER, "ann", 0, NEWS),
                    conversion("ann", 180, 1),
                    view(PUBLISHER, "bob", 0, NEWS),
                    conversion("bob", 181, 1),
                    click(PUBLISHER, "cid", 0, NEWS),
                    conversion("cid", 360, 1));
            match.completeTo(370);
            assertThat(cells(match, LAST_TOUCH))
                    .containsExactlyInAnyOrder(List.of(NEWS), List.of(), List.of(NEWS));
        }
    }

    @Test
    void onTimer_severalExposingPartners_newestOfAll() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    view(PUBLISHER, "ann", 1, NEWS),
                    view(SHOP, "ann", 2, SPORTS),
                    view(PUBLISHER, "ann", 3, WEATHER),
                    conversion("ann", 15, 1));
            match.completeTo(20);
            assertThat(cells(match, TWO_TOUCHES)).containsExactly(List.of(WEATHER, SPORTS));
            assertThat(cells(match, LAST_TOUCH)).containsExactly(List.of(WEATHER));
        }
    }

    @Test
    void onTimer_clickYoungerThanItsMinimumAge_notYetEligibleButRemembered() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    click(PUBLISHER, "ann", 8, NEWS),
                    conversion("ann", 12, 1),
                    conversion("ann", 13, 1));
            match.completeTo(20);
            // Minimum age of a click in two-touches: five minutes.
            assertThat(cells(match, TWO_TOUCHES)).containsExactly(List.of(), List.of(NEWS));
        }
    }

    @Test
    void onTimer_touchesOfAnyQuery_onceForAll() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    view(PUBLISHER, "ann", 1, NEWS),
                    view(PUBLISHER, "ann", 2, SPORTS),
                    view(PUBLISHER, "ann", 3, WEATHER),
                    click(SHOP, "ann", 4, NEWS),
                    conversion("ann", 15, 1));
            match.completeTo(20);
            // One record for both queries: two touches of the publisher, which one query ranks
            // first of all and the other first and second.
            assertThat(match.conversions()).hasSize(1);
            assertThat(match.conversions().get(0).touches())
                    .extracting(it -> it.partner() + " " + it.touches().size())
                    .containsExactly(PUBLISHER + " 2", SHOP + " 1");
        }
    }

    @Test
    void onTimer_moreConversionsThanTheCap_firstByTimeThenId() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    conversion("ann", 35, 1),
                    conversion("ann", 25, 2),
                    conversion("ann", 28, 3),
                    conversion("ann", 21, 4),
                    conversion("ann", 5, 5));
            match.completeTo(40);
            assertThat(values(match, LAST_TOUCH)).containsExactly(5L, 4L);
            assertThat(values(match, TWO_TOUCHES)).containsExactly(5L, 4L, 2L);
        }
    }

    @Test
    void onTimer_nextEpoch_freshCapAndNoOldTouches() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    view(PUBLISHER, "ann", DAY - 1, NEWS),
                    conversion("ann", 1, 1),
                    conversion("ann", 2, 2),
                    conversion("ann", 3, 3),
                    conversion("ann", DAY, 4));
            match.completeTo(2 * DAY);
            assertThat(values(match, LAST_TOUCH)).containsExactly(1L, 2L, 4L);
            assertThat(cells(match, LAST_TOUCH).get(2)).isEmpty();
        }
    }

    @Test
    void onTimer_valueOutsideItsRange_clampedPerQuery() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(conversion("ann", 5, 1001), conversion("ann", 6, -7));
            match.completeTo(10);
            assertThat(values(match, LAST_TOUCH)).containsExactly(1000L, 0L);
            assertThat(values(match, TWO_TOUCHES)).containsExactly(50L, 0L);
        }
    }

    @Test
    void onTimer_identicalConversion_countsOnce() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(conversion("ann", 5, 9), conversion("ann", 5, 9));
            match.completeTo(10);
            assertThat(values(match, LAST_TOUCH)).containsExactly(9L);
        }
    }

    @Test
    void onTimer_sameIdLaterInTheEpoch_firstStands() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    named(ADVERTISER, "ann", EventKind.CONVERSION, 300, -1, 8, "order"),
                    named(ADVERTISER, "ann", EventKind.CONVERSION, 5, -1, 9, "order"));
            match.completeTo(310);
            assertThat(values(match, TWO_TOUCHES)).containsExactly(9L);
        }
    }

    @Test
    void onTimer_sameIdAndTimeOtherContent_smallerHashStandsWhateverComesFirst() throws Exception {
        AdmittedEvent a = named(ADVERTISER, "ann", EventKind.CONVERSION, 5, -1, 8, "order");
        AdmittedEvent b = named(ADVERTISER, "ann", EventKind.CONVERSION, 5, -1, 9, "order");
        long expected = a.recordHash().compareTo(b.recordHash()) < 0 ? 8 : 9;
        for (List<AdmittedEvent> order : List.of(List.of(a, b), List.of(b, a))) {
            try (MatchHarness match = new MatchHarness()) {
                match.add(order).completeTo(10);
                assertThat(values(match, LAST_TOUCH)).containsExactly(expected);
            }
        }
    }

    @Test
    void onTimer_sameExposureIdInOneSlice_firstStands() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    named(PUBLISHER, "ann", EventKind.VIEW, 4, NEWS, 0, "ad"),
                    named(PUBLISHER, "ann", EventKind.VIEW, 2, SPORTS, 0, "ad"),
                    conversion("ann", 8, 1));
            match.completeTo(10);
            assertThat(cells(match, TWO_TOUCHES)).containsExactly(List.of(SPORTS));
        }
    }

    @Test
    void onTimer_touchesOfEqualTime_largerIdIsNewer() throws Exception {
        AdmittedEvent a = event(PUBLISHER, "ann", EventKind.VIEW, 4, NEWS, 0, "a");
        AdmittedEvent b = event(PUBLISHER, "ann", EventKind.VIEW, 4, SPORTS, 0, "b");
        int newest = a.eventId().compareTo(b.eventId()) > 0 ? NEWS : SPORTS;
        for (List<AdmittedEvent> order : List.of(List.of(a, b), List.of(b, a))) {
            try (MatchHarness match = new MatchHarness()) {
                match.add(order).add(conversion("ann", 8, 1)).completeTo(10);
                assertThat(cells(match, LAST_TOUCH)).containsExactly(List.of(newest));
            }
        }
    }

    @Test
    void onTimer_conversionOfAnotherPartner_ignored() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(event(SHOP, "ann", EventKind.CONVERSION, 5, -1, 1, ""));
            match.completeTo(10);
            assertThat(match.conversions()).isEmpty();
        }
    }

    private static List<List<Integer>> cells(MatchHarness match, int query) {
        return match.conversions(query).stream()
                .map(
                        conversion ->
                                MatchHarness.touches(query, conversion).stream()
                                        .map(Touch::cell)
                                        .toList())
                .toList();
    }

    private static List<Long> values(MatchHarness match, int query) {
        OwnTokenCap cap = OwnTokenCap.of((AttributionQuery) MatchRoom.POLICY.queries().get(query));
        return match.conversions(query).stream().map(it -> cap.clamp(it.value())).toList();
    }

    private static Touch touch(AdmittedEvent event) {
        return new Touch(
                event.time(),
                event.eventId().high(),
                event.eventId().low(),
                event.cell(),
                event.kind() == EventKind.CLICK);
    }
}
