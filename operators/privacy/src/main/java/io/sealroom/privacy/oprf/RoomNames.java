package io.sealroom.privacy.oprf;

import java.util.regex.Pattern;

/** Room ids as PROTOCOL.md section 1 has them. */
final class RoomNames {

    private static final Pattern ROOM = Pattern.compile("[a-z][a-z0-9-]{2,39}");

    private RoomNames() {}

    static String requireRoom(String room) {
        if (!ROOM.matcher(room).matches()) {
            throw new IllegalArgumentException(
                    String.format("room must match %s, got %s", ROOM, room));
        }
        return room;
    }

    static long requireEpoch(long epoch) {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch must not be negative, got " + epoch);
        }
        return epoch;
    }
}
