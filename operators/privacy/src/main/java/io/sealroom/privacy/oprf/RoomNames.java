package io.sealroom.privacy.oprf;

import java.util.regex.Pattern;

/** Room ids and partner names as PROTOCOL.md section 1 has them. */
final class RoomNames {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{2,39}");

    private RoomNames() {}

    static String requireRoom(String room) {
        return requireName("room", room);
    }

    static String requirePartner(String partner) {
        return requireName("partner", partner);
    }

    static long requireEpoch(long epoch) {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch must not be negative, got " + epoch);
        }
        return epoch;
    }

    private static String requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    String.format("%s must match %s, got %s", what, NAME, name));
        }
        return name;
    }
}
