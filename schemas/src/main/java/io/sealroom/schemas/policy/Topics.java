package io.sealroom.schemas.policy;

/** A room's topics: their names, and what bounds a record in them (PROTOCOL.md section 1). */
public final class Topics {

    /**
     * The value of {@code compression.type}: Kafka then stores what it was sent unpacked. A batch
     * that its writer packed is unpacked by whoever reads it, to any size, and would end every
     * reader of the topic again at each start.
     */
    public static final String COMPRESSION = "uncompressed";

    /** The most that {@code max.message.bytes} may be, and Kafka's own default; of a batch. */
    public static final int MESSAGE_BYTES_MAX = 1_048_588;

    private Topics() {}

    public static String events(String room, String partner) {
        return room + ".events." + partner;
    }

    public static String oprfRequests(String room, String evaluator) {
        return room + ".oprf.requests." + evaluator;
    }

    public static String oprfReplies(String room, String evaluator, String requester) {
        return room + ".oprf.replies." + evaluator + "." + requester;
    }

    public static String signatures(String room) {
        return room + ".signatures";
    }

    public static String pending(String room, String node) {
        return room + "." + node + ".pending";
    }

    public static String rejects(String room, String node) {
        return room + "." + node + ".rejects";
    }

    public static String withheld(String room, String node) {
        return room + "." + node + ".withheld";
    }

    public static String releases(String room, String node) {
        return room + "." + node + ".releases";
    }
}
