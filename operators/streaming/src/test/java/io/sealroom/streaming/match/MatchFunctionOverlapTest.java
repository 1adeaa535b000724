package io.sealroom.streaming.match;

import static io.sealroom.streaming.match.MatchRoom.ADVERTISER;
import static io.sealroom.streaming.match.MatchRoom.DAY;
import static io.sealroom.streaming.match.MatchRoom.NEWS;
import static io.sealroom.streaming.match.MatchRoom.PUBLISHER;
import static io.sealroom.streaming.match.MatchRoom.SHOP;
import static io.sealroom.streaming.match.MatchRoom.SPORTS;
import static io.sealroom.streaming.match.MatchRoom.WEATHER;
import static io.sealroom.streaming.match.MatchRoom.click;
import static io.sealroom.streaming.match.MatchRoom.conversion;
import static io.sealroom.streaming.match.MatchRoom.named;
import static io.sealroom.streaming.match.MatchRoom.phone;
import static io.sealroom.streaming.match.MatchRoom.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.record.EventKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of "hourly": 0 total, 1 reach publisher, 2 reach advertiser, 3 to 5 cells. */
class MatchFunctionOverlapTest {

    @Test
    void onTimer_bothPartnersInOneWindow_countedAtItsEndInEveryRow() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(view(PUBLISHER, "ann", 5, SPORTS), conversion("ann", 55, 1));
            match.completeTo(50);
            assertThat(match.sums()).isEmpty();
            match.completeTo(60);
            assertThat(match.sums())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(
                                    "hourly@0#0",
                                    1L,
                                    "hourly@0#1",
                                    1L,
                                    "hourly@0#2",
                                    1L,
                                    "hourly@0#4",
                                    1L));
        }
    }

    @Test
    void onTimer_anyArrivalAndManyEvents_aPersonCountsOnce() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    conversion("ann", 59, 1),
                    conversion("ann", 20, 1),
                    view(PUBLISHER, "ann", 31, NEWS),
                    view(PUBLISHER, "ann", 30, NEWS),
                    click(PUBLISHER, "ann", 2, NEWS),
                    view(PUBLISHER, "bob", 2, NEWS),
                    conversion("cid", 3, 1));
            match.completeTo(60);
            assertThat(match.sums())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(
                                    "hourly@0#0",
                                    1L,
                                    "hourly@0#1",
                                    2L,
                                    "hourly@0#2",
                                    2L,
                                    "hourly@0#3",
                                    1L));
        }
    }

    @Test
    void onTimer_partnersInTwoWindows_noOverlap() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(view(PUBLISHER, "ann", 59, NEWS), conversion("ann", 60, 1));
            match.completeTo(120);
            assertThat(match.sums())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("hourly@0#1", 1L, "hourly@60#2", 1L));
        }
    }

    @Test
    void onTimer_moreCellsThanTheCap_smallestInPolicyOrder() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    view(PUBLISHER, "ann", 1, WEATHER),
                    view(PUBLISHER, "ann", 11, SPORTS),
                    view(PUBLISHER, "ann", 21, NEWS),
                    conversion("ann", 31, 1));
            match.completeTo(60);
            assertThat(match.sums())
                    .containsEntry("hourly@0#3", 1L)
                    .containsEntry("hourly@0#4", 1L)
                    .doesNotContainKey("hourly@0#5");
        }
    }

    @Test
    void onTimer_moreWindowsThanTheCap_firstOnesOfTheEpochPerFamily() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            // Reach of the publisher is used up by hours 0 and 1; the total is not.
            match.add(
                    view(PUBLISHER, "ann", 0, NEWS),
                    view(PUBLISHER, "ann", 60, NEWS),
                    view(PUBLISHER, "ann", 120, NEWS),
                    conversion("ann", 120, 1),
                    view(PUBLISHER, "ann", DAY, NEWS));
            match.completeTo(2 * DAY);
            assertThat(match.sums())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(
                                    "hourly@0#1",
                                    1L,
                                    "hourly@60#1",
                                    1L,
                                    "hourly@120#0",
                                    1L,
                                    "hourly@120#2",
                                    1L,
                                    "hourly@120#3",
                                    1L,
                                    // A partner that repeats a token finds fresh caps.
                                    "hourly@" + DAY + "#1",
                                    1L));
        }
    }

    @Test
    void onTimer_twoWindowLengths_eachAtItsOwnEnd() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(view(PUBLISHER, "ann", 5, NEWS), view(SHOP, "ann", DAY - 1, NEWS));
            match.completeTo(DAY - 10);
            assertThat(match.sums()).containsOnlyKeys("hourly@0#1");
            match.completeTo(DAY);
            assertThat(match.sums()).containsOnlyKeys("hourly@0#1", "daily@0#0");
        }
    }

    @Test
    void onTimer_duplicateInAnotherWindow_countsThereToo() throws Exception {
        // Duplicates are a rule of attribution; overlap asks for any event.
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    named(ADVERTISER, "ann", EventKind.CONVERSION, 5, -1, 1, "order"),
                    named(ADVERTISER, "ann", EventKind.CONVERSION, 65, -1, 1, "order"));
            match.completeTo(120);
            assertThat(match.sums()).containsOnlyKeys("hourly@0#2", "hourly@60#2");
        }
    }

    @Test
    void processElement_otherPartnerOrKind_ignoredByTheQuery() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            AdmittedEvent shop = view(SHOP, "ann", 5, NEWS);
            match.add(phone(shop, "ann"));
            assertThat(match.stateEntries()).isZero();
            match.add(
                    shop,
                    phone(view(PUBLISHER, "ann", 5, NEWS), "ann"),
                    phone(conversion("bob", 5, 1), "bob"));
            match.completeTo(60);
            assertThat(match.sums()).containsOnlyKeys("phones@0#1", "phones@0#2");
            assertThat(match.conversions()).isEmpty();
        }
    }

    @Test
    void processElement_boundsOfSliceAndWindow_halfOpen() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.completeTo(10);
            match.add(view(PUBLISHER, "ann", 10, NEWS), view(PUBLISHER, "bob", 60, NEWS));
            match.completeTo(60);
            assertThat(match.sums()).containsOnlyKeys("hourly@0#1");
            match.completeTo(120);
            assertThat(match.sums()).containsOnlyKeys("hourly@0#1", "hourly@60#1");
        }
    }

    @Test
    void processElement_late_failsTheJobWithoutTheToken() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.completeTo(10);
            AdmittedEvent late = view(PUBLISHER, "ann", 9, NEWS);
            assertThatThrownBy(() -> match.add(late))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after the end of its slice")
                    .hasMessageNotContaining(Long.toHexString(late.key().w0()));
        }
    }
}
