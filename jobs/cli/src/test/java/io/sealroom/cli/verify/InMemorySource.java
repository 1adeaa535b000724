package io.sealroom.cli.verify;

import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomLocation;
import java.util.List;

/**
 * The sample's room, whatever is asked for.
 *
 * @param room in memory
 */
public record InMemorySource(RoomContract room) implements RoomSource {

    @Override
    public RoomContract open(Endpoint endpoint, RoomLocation location) {
        return room;
    }

    @Override
    public List<RoomConfiguration.Partner> partners(Endpoint endpoint, Account contract) {
        return SampleRoom.configuration().partners();
    }
}
