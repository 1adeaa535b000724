package io.sealroom.schemas.record;

/** What an evaluator answers. The order is that of the Avro enum; the code is signed. */
public enum ReplyStatus {
    OK(0),
    /** Not every partner's key of this epoch is known and verified. */
    NOT_READY(1),
    /** The epoch is not one this room evaluates now. */
    WRONG_EPOCH(2),
    /** The requester's elements of this epoch are used up. */
    QUOTA_EXCEEDED(3),
    /** The request id is older than what the evaluator still remembers. */
    EVICTED(4),
    /** Not a batch of valid elements. */
    MALFORMED(5);

    private final int code;

    ReplyStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
