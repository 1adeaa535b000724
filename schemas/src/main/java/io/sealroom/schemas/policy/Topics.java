package io.sealroom.schemas.policy;

/** Names of a room's topics (PROTOCOL.md section 1). */
public final class Topics {

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
