package io.sealroom.streaming.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The way from one subtask to another: in order, with a watermark of its own. What a checkpoint
 * held of old channels comes before anything that is sent, each old channel in its order, and their
 * watermarks count by the lowest, as Flink demultiplexes them.
 */
final class Channel {

    private final String edge;
    private final int from;
    private final int to;
    private final int input;
    private final Deque<Element> sent = new ArrayDeque<>();
    private final List<Recovered> recovered = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    private boolean blocked;

    /**
     * @param input of the receiver, 0 or 1
     */
    Channel(String edge, int from, int to, int input) {
        this.edge = edge;
        this.from = from;
        this.to = to;
        this.input = input;
    }

    private static final class Recovered {
        private final Deque<Element> elements;
        private long watermark = Long.MIN_VALUE;

        Recovered(List<Element> elements) {
            this.elements = new ArrayDeque<>(elements);
        }
    }

    void recover(List<Element> elements) {
        recovered.add(new Recovered(elements));
    }

    void send(Element element) {
        sent.add(element);
    }

    /** Whether the receiver may take something. */
    boolean isReady() {
        return !blocked && !isEmpty();
    }

    boolean isEmpty() {
        return sent.isEmpty() && !isRecovering();
    }

    boolean isRecovering() {
        return recovered.stream().anyMatch(it -> !it.elements.isEmpty());
    }

    /** Takes the next element of a channel that is ready. */
    Element take() {
        for (Recovered old : recovered) {
            if (!old.elements.isEmpty()) {
                Element element = old.elements.remove();
                if (element instanceof Element.Mark mark) {
                    old.watermark = mark.time();
                    return new Element.Mark(
                            recovered.stream().mapToLong(it -> it.watermark).min().orElseThrow());
                }
                return element;
            }
        }
        return sent.remove();
    }

    /** Until all channels of the receiver have brought their barrier. */
    void block() {
        blocked = true;
    }

    void unblock() {
        blocked = false;
    }

    boolean isBlocked() {
        return blocked;
    }

    void advance(long time) {
        watermark = Math.max(watermark, time);
    }

    long watermark() {
        return watermark;
    }

    /** A copy of what a checkpoint has to hold if it does not wait for this channel. */
    InFlight inFlight() {
        if (isRecovering()) {
            throw new IllegalStateException("a checkpoint waits until the last one is recovered");
        }
        return new InFlight(edge, from, to, List.copyOf(sent));
    }

    int input() {
        return input;
    }
}
