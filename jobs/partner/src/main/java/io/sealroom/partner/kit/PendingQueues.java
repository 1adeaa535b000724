package io.sealroom.partner.kit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/** Events that wait for the writer: to be asked for, and to be sent. One thread at a time. */
final class PendingQueues {

    /** Not asked for tokens yet. */
    private final PriorityQueue<PendingEvent> fresh =
            new PriorityQueue<>(Comparator.comparingLong(PendingEvent::time));

    /** Asked, and answered in one way or another. */
    private final Deque<PendingEvent> answered = new ArrayDeque<>();

    void fresh(PendingEvent event) {
        fresh.add(event);
    }

    void answered(PendingEvent event) {
        answered.add(event);
    }

    /** Those not asked for up to and including a time, oldest first. */
    List<PendingEvent> takeFresh(long reach) {
        List<PendingEvent> taken = new ArrayList<>();
        for (PendingEvent next = fresh.peek();
                next != null && next.time() <= reach;
                next = fresh.peek()) {
            taken.add(fresh.remove());
        }
        return taken;
    }

    /** Those answered, in the order of the answers. */
    List<PendingEvent> takeAnswered(int max) {
        List<PendingEvent> taken = new ArrayList<>();
        while (taken.size() < max && !answered.isEmpty()) {
            taken.add(answered.remove());
        }
        return taken;
    }

    /** How many nobody asks for before that time comes within reach. */
    int freshBeyond(long reach) {
        PendingEvent next = fresh.peek();
        return next != null && next.time() > reach ? fresh.size() : 0;
    }

    int answered() {
        return answered.size();
    }

    void clear() {
        fresh.clear();
        answered.clear();
    }
}
