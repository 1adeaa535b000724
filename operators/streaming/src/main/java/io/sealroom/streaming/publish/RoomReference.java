package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import java.io.Serializable;

/** A room's identity as it travels inside a job graph. */
record RoomReference(long chainId, String contract, String room, String policyHash)
        implements Serializable {

    static RoomReference of(RoomIdentity identity) {
        return new RoomReference(
                identity.chainId(),
                identity.contract().hex(),
                identity.room(),
                identity.policyHash().toHex());
    }

    RoomIdentity identity() {
        return new RoomIdentity(chainId, new Address(contract), room, Bytes32.fromHex(policyHash));
    }
}
