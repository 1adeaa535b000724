package io.sealroom.streaming.testing;

import io.sealroom.contracts.RoomContract;
import io.sealroom.streaming.publish.RoomContractFactory;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Leads the tasks of a job to a room of this JVM.
 *
 * @param name under which it is known here
 */
public record SharedRoom(String name) implements RoomContractFactory {

    private static final Map<String, RoomContract> ROOMS = new ConcurrentHashMap<>();

    public static SharedRoom of(RoomContract room) {
        SharedRoom shared = new SharedRoom(UUID.randomUUID().toString());
        ROOMS.put(shared.name(), room);
        return shared;
    }

    @Override
    public RoomContract open() {
        RoomContract room = ROOMS.get(name);
        if (room == null) {
            throw new IllegalStateException("the room is of this JVM");
        }
        return room;
    }
}
