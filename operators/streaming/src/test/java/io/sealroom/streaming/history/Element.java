package io.sealroom.streaming.history;

/** What travels from one subtask to another. */
sealed interface Element {

    /** A record. */
    record Item(Object value) implements Element {}

    /** A watermark. */
    record Mark(long time) implements Element {}

    /** Everything before it belongs to the checkpoint, everything behind it does not. */
    record Barrier(long checkpoint) implements Element {}
}
