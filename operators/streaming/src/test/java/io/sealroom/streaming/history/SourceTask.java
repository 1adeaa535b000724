package io.sealroom.streaming.history;

import io.sealroom.schemas.record.Reject;
import io.sealroom.streaming.flow.AdmittedConversion;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.flow.WindowVerdict;
import io.sealroom.streaming.release.VerdictExpansion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.jspecify.annotations.Nullable;

/**
 * One reader of a partner's topic with the stages that are chained to it: the record's way to match
 * or, expanded, to release. The stored watermark of its splits goes out first. Between two
 * watermarks verdicts leave in any order, as over an edge that deals them out: nothing may depend
 * on it.
 */
final class SourceTask {

    private final List<Tape> tapes;
    private final Map<PartitionId, Position> positions = new HashMap<>();
    private final VerdictExpansion expansion;
    private final Edge events;
    private final @Nullable Edge conversions;
    private final Edge verdicts;
    private final Outcome outcome;
    private final List<WindowVerdict> held = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    private boolean announced;
    private boolean ending;
    private @Nullable PendingCheckpoint pending;

    /**
     * @param conversions where these go a way of their own
     */
    SourceTask(
            List<Tape> tapes,
            @Nullable Checkpoint from,
            VerdictExpansion expansion,
            Edge events,
            @Nullable Edge conversions,
            Edge verdicts,
            Outcome outcome) {
        this.tapes = List.copyOf(tapes);
        this.expansion = expansion;
        this.events = events;
        this.conversions = conversions;
        this.verdicts = verdicts;
        this.outcome = outcome;
        for (Tape tape : tapes) {
            @Nullable Position stored = from == null ? null : from.splits().get(tape.id());
            positions.put(tape.id(), stored == null ? tape.start() : stored);
        }
    }

    boolean isReady() {
        return pending != null
                || !announced
                || !open().isEmpty()
                || (ending && watermark != Long.MAX_VALUE);
    }

    /** Nothing more will be written: behind the last record, all time is over. */
    void endInput() {
        ending = true;
    }

    /** Sends a barrier at one of the next steps. */
    void expect(PendingCheckpoint checkpoint) {
        pending = checkpoint;
    }

    /** Records that are still to be read. */
    int remaining() {
        return tapes.stream().mapToInt(tape -> tape.size() - position(tape).offset()).sum();
    }

    void step(Random random) throws Exception {
        Collections.shuffle(held, random);
        if (pending != null && (open().isEmpty() || random.nextInt(3) == 0)) {
            sendHeld();
            broadcast(new Element.Barrier(1));
            snapshot(pending);
            pending = null;
            return;
        }
        if (!announced) {
            announced = true;
            advance();
            return;
        }
        List<Tape> open = open();
        if (!open.isEmpty()) {
            poll(open.get(random.nextInt(open.size())), random);
        }
        advance();
    }

    void snapshot(PendingCheckpoint checkpoint) {
        sendHeld();
        checkpoint.acknowledge(Map.copyOf(positions));
    }

    private void poll(Tape tape, Random random) throws Exception {
        Tape.Taken taken = tape.take(position(tape));
        positions.put(tape.id(), taken.next());
        AdmittedEvent event = taken.record().event();
        Verdict verdict = taken.record().verdict();
        Reject reject = taken.record().reject();
        if (event != null) {
            if (conversions != null && !event.kind().isExposure()) {
                conversions.item(new AdmittedConversion(event, taken.record().older()));
            } else {
                events.item(event);
            }
        } else if (verdict != null) {
            List<WindowVerdict> expanded = new ArrayList<>();
            expansion.flatMap(verdict, new ListCollector<>(expanded));
            held.addAll(random.nextInt(held.size() + 1), expanded);
        } else if (reject != null) {
            outcome.add(reject);
        }
    }

    private void advance() {
        long lowest =
                ending && open().isEmpty()
                        ? Long.MAX_VALUE
                        : tapes.stream()
                                .mapToLong(tape -> position(tape).progress().watermark())
                                .min()
                                .orElseThrow();
        if (lowest > watermark) {
            watermark = lowest;
            sendHeld();
            broadcast(new Element.Mark(lowest));
        }
    }

    private void sendHeld() {
        held.forEach(verdicts::item);
        held.clear();
    }

    private void broadcast(Element element) {
        events.broadcast(element);
        if (conversions != null) {
            conversions.broadcast(element);
        }
        verdicts.broadcast(element);
    }

    private List<Tape> open() {
        return tapes.stream().filter(tape -> !tape.isEnd(position(tape))).toList();
    }

    private Position position(Tape tape) {
        Position position = positions.get(tape.id());
        if (position == null) {
            throw new IllegalStateException("every split has a position");
        }
        return position;
    }
}
