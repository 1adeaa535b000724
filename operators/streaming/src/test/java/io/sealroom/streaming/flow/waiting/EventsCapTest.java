package io.sealroom.streaming.flow.waiting;

import static io.sealroom.streaming.match.MatchRoom.ADVERTISER;
import static io.sealroom.streaming.match.MatchRoom.NEWS;
import static io.sealroom.streaming.match.MatchRoom.PUBLISHER;
import static io.sealroom.streaming.match.MatchRoom.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.record.EventKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.match.MatchRoom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EventsCapTest {

    private final Map<Integer, Integer> cut = new TreeMap<>();

    @Test
    void eventsMax_isOfTheProtocol() {
        assertThat(EventsCap.EVENTS_MAX).isEqualTo(65_536);
    }

    @Test
    void cut_beyondTheCap_firstByTimeThenHash() {
        List<AdmittedEvent> events = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            events.add(event(PUBLISHER, i / 2, i));
        }
        AdmittedEvent third =
                events.get(2).recordHash().compareTo(events.get(3).recordHash()) < 0
                        ? events.get(2)
                        : events.get(3);
        List<AdmittedEvent> expected = List.of(events.get(0), events.get(1), third);
        EventsCap cap = new EventsCap(3);
        assertThat(cap.cut(events, Function.identity(), this::note))
                .containsExactlyInAnyOrderElementsOf(expected);
        Collections.reverse(events);
        assertThat(cap.cut(events, Function.identity(), this::note))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(cut).isEqualTo(Map.of(PUBLISHER, 6));
    }

    @Test
    void cut_floodOfOnePartner_takesNothingFromAnother() {
        List<AdmittedEvent> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            events.add(event(PUBLISHER, 0, i));
        }
        AdmittedEvent other = event(ADVERTISER, 9, 0);
        events.add(other);
        assertThat(new EventsCap(2).cut(events, Function.identity(), this::note))
                .hasSize(3)
                .contains(other);
        assertThat(cut).isEqualTo(Map.of(PUBLISHER, 8));
    }

    @Test
    void cut_anyPartEarly_sameAsAllAtTheEnd() {
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            EventsCap cap = new EventsCap(1 + random.nextInt(5));
            List<AdmittedEvent> all = new ArrayList<>();
            List<AdmittedEvent> kept = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                AdmittedEvent event =
                        event(random.nextInt(SHOP + 1), random.nextInt(4), random.nextInt(20));
                all.add(event);
                kept.add(event);
                if (random.nextInt(5) == 0) {
                    kept = new ArrayList<>(cap.cut(kept, Function.identity(), this::note));
                }
            }
            assertThat(cap.cut(kept, Function.identity(), this::note))
                    .as("seed %s", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            cap.cut(all, Function.identity(), (partner, events) -> {}));
        }
    }

    @Test
    void reached_partnersWithAsManyAsCount() {
        EventsCap cap = new EventsCap(2);
        List<AdmittedEvent> events = List.of(event(PUBLISHER, 1, 1), event(ADVERTISER, 1, 1));
        assertThat(cap.reached(events, Function.identity())).isEmpty();
        assertThat(cap.reached(List.of(event(SHOP, 1, 1), event(SHOP, 1, 2)), Function.identity()))
                .containsExactly(SHOP);
    }

    @Test
    void construct_notPositive_refused() {
        assertThatThrownBy(() -> new EventsCap(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private void note(int partner, int events) {
        cut.merge(partner, events, Integer::sum);
    }

    private static AdmittedEvent event(int partner, int minute, int number) {
        return MatchRoom.event(partner, "ann", EventKind.VIEW, minute, NEWS, number, " " + number);
    }
}
