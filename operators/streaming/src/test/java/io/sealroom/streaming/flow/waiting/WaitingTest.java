package io.sealroom.streaming.flow.waiting;

import static io.sealroom.streaming.match.MatchRoom.NEWS;
import static io.sealroom.streaming.match.MatchRoom.POLICY;
import static io.sealroom.streaming.match.MatchRoom.PUBLISHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.record.EventKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.match.MatchRoom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitingTest {

    private static final int EVENTS_MAX = 500;
    private static final int FULL = 70;
    private static final int FIRST_FULL = 200;

    private final Recent recent = new Recent();
    private final Aside aside = new Aside();
    private final Agenda agenda = Agenda.read(null);
    private int cut;

    @Test
    void take_fewEventsForFullSlicesAtEachEnd_fullSlicesAreHardlyReadAgain() throws Exception {
        Waiting<AdmittedEvent> waiting = waiting(POLICY.sliceMillis());
        Map<Integer, List<AdmittedEvent>> sent = new HashMap<>();
        for (int i = 0; i < EVENTS_MAX; i++) {
            for (int slice = FIRST_FULL; slice < FIRST_FULL + FULL; slice++) {
                send(waiting, sent, slice, "full " + i);
            }
        }
        aside.read = 0;
        for (int slice = 0; slice < FIRST_FULL; slice++) {
            for (int full = FIRST_FULL; full < FIRST_FULL + FULL; full++) {
                send(waiting, sent, full, "now and then " + slice);
            }
            assertThat(waiting.take(end(slice), agenda).events()).isEmpty();
        }
        // Each time all of it would be 200 times; a slice gets some 270 lots, which has 9 digits.
        assertThat(aside.read).isLessThan(12 * FULL * (EVENTS_MAX + FIRST_FULL));
        assertThat(aside.values.values()).allMatch(lot -> lot.size() <= EVENTS_MAX);
        for (int full = FIRST_FULL; full < FIRST_FULL + FULL; full++) {
            assertThat(waiting.take(end(full), agenda).events())
                    .containsExactlyInAnyOrderElementsOf(
                            new EventsCap(EVENTS_MAX)
                                    .cut(
                                            new ArrayList<>(sent.getOrDefault(full, List.of())),
                                            Function.identity(),
                                            (partner, events) -> {}));
        }
        assertThat(aside.values).isEmpty();
        assertThat(cut).isEqualTo(FULL * FIRST_FULL);
        assertThat(agenda.write()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 60_000})
    void take_slicesOfAnyLength_eachEventOnceInItsOwn(long sliceMillis) throws Exception {
        Waiting<AdmittedEvent> waiting = waiting(sliceMillis);
        long first = MatchRoom.time(0);
        List<Long> sent = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            for (int slice = 1; slice <= Waiting.FEW + 6; slice++) {
                long time = first + slice * sliceMillis;
                waiting.add(at(time, "round " + round), agenda);
                sent.add(time);
            }
        }
        List<Long> taken = new ArrayList<>();
        for (int slice = 0; slice <= Waiting.FEW + 6; slice++) {
            long sliceEnd = first + (slice + 1) * sliceMillis;
            for (AdmittedEvent event : waiting.take(sliceEnd, agenda).events()) {
                assertThat(event.time()).isEqualTo(sliceEnd - sliceMillis);
                taken.add(event.time());
            }
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(aside.values).isEmpty();
    }

    private Waiting<AdmittedEvent> waiting(long sliceMillis) {
        EventsCap cap = new EventsCap(EVENTS_MAX);
        return new Waiting<>(
                recent,
                aside,
                AdmittedEvent::time,
                sliceMillis,
                EVENTS_MAX,
                events -> cap.cut(events, Function.identity(), (partner, beyond) -> cut += beyond));
    }

    private void send(
            Waiting<AdmittedEvent> waiting,
            Map<Integer, List<AdmittedEvent>> sent,
            int slice,
            String name)
            throws Exception {
        AdmittedEvent event = at(end(slice) - 1, name);
        sent.computeIfAbsent(slice, it -> new ArrayList<>()).add(event);
        waiting.add(event, agenda);
    }

    private static long end(int slice) {
        return MatchRoom.time(0) + (slice + 1) * POLICY.sliceMillis();
    }

    private static AdmittedEvent at(long time, String name) {
        AdmittedEvent event =
                MatchRoom.event(PUBLISHER, "ann", EventKind.VIEW, 0, NEWS, 0, time + name);
        return new AdmittedEvent(
                event.partner(),
                event.key(),
                event.eventId(),
                event.kind(),
                time,
                event.cell(),
                event.value(),
                event.recordHash());
    }

    private static final class Recent implements ListState<AdmittedEvent> {
        private List<AdmittedEvent> values = new ArrayList<>();

        @Override
        public Iterable<AdmittedEvent> get() {
            return List.copyOf(values);
        }

        @Override
        public void add(AdmittedEvent value) {
            values.add(value);
        }

        @Override
        public void update(List<AdmittedEvent> values) {
            this.values = new ArrayList<>(values);
        }

        @Override
        public void addAll(List<AdmittedEvent> values) {
            this.values.addAll(values);
        }

        @Override
        public void clear() {
            values.clear();
        }
    }

    /** Counts the events that are read. */
    private static final class Aside implements MapState<Long, List<AdmittedEvent>> {
        private final Map<Long, List<AdmittedEvent>> values = new HashMap<>();
        private int read;

        @Override
        @SuppressWarnings("NullAway") // Flink gives null for a key that is not there.
        public List<AdmittedEvent> get(Long key) {
            List<AdmittedEvent> value = values.get(key);
            read += value == null ? 0 : value.size();
            return value;
        }

        @Override
        public void put(Long key, List<AdmittedEvent> value) {
            values.put(key, List.copyOf(value));
        }

        @Override
        public void putAll(Map<Long, List<AdmittedEvent>> map) {
            map.forEach(this::put);
        }

        @Override
        public void remove(Long key) {
            values.remove(key);
        }

        @Override
        public boolean contains(Long key) {
            return values.containsKey(key);
        }

        @Override
        public Iterable<Map.Entry<Long, List<AdmittedEvent>>> entries() {
            return values.entrySet();
        }

        @Override
        public Iterable<Long> keys() {
            return values.keySet();
        }

        @Override
        public Iterable<List<AdmittedEvent>> values() {
            return values.values();
        }

        @Override
        public Iterator<Map.Entry<Long, List<AdmittedEvent>>> iterator() {
            return values.entrySet().iterator();
        }

        @Override
        public boolean isEmpty() {
            return values.isEmpty();
        }

        @Override
        public void clear() {
            values.clear();
        }
    }
}
