package io.sealroom.schemas.policy;

/** A room's topics: their names, and what bounds a record in them (PROTOCOL.md section 1). */
public final class Topics {

    /**
     * The value of {@code compression.type}: Kafka then stores what it was sent unpacked. A batch
     * that its writer packed is unpacked by whoever reads it, to any size, and would end every
     * reader of the topic again at each start.
     */
    public static final String COMPRESSION = "uncompressed";

    /**
     * The most that {@code max.message.bytes} may be, but for {@link #releaseBytesMax}, and Kafka's
     * own default; of a batch.
     */
    public static final int MESSAGE_BYTES_MAX = 1_048_588;

    /** What Kafka adds to one record alone in its batch, and the record's key: far less. */
    private static final int AROUND_RELEASE = 1_024;

    private Topics() {}

    /**
     * The least {@code max.message.bytes} at which a node's pending and releases topics take every
     * release of the policy. It costs the hash of every cell: ask once.
     */
    public static int releaseBytesNeeded(Policy policy) {
        return ReleaseSize.max(policy) + AROUND_RELEASE;
    }

    /**
     * The {@code max.message.bytes} with which a node's pending and releases topics are made:
     * {@link #MESSAGE_BYTES_MAX}, or more where the largest release of the policy needs it. Only
     * nodes write there, and what they write is as large as the policy says.
     */
    public static int releaseBytesMax(Policy policy) {
        return releaseBytesMax(releaseBytesNeeded(policy));
    }

    /**
     * The same.
     *
     * @param needed {@link #releaseBytesNeeded}
     */
    public static int releaseBytesMax(int needed) {
        return Math.max(MESSAGE_BYTES_MAX, needed);
    }

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
