package io.sealroom.streaming.history;

import java.util.List;

/**
 * What a channel held when a checkpoint overtook it.
 *
 * @param edge name of the edge
 * @param from sending subtask
 * @param to receiving subtask
 * @param elements oldest first
 */
record InFlight(String edge, int from, int to, List<Element> elements) {

    InFlight {
        elements = List.copyOf(elements);
    }
}
