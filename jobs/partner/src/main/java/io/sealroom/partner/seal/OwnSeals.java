package io.sealroom.partner.seal;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.Seal;

/** Recognises the seals of this partner in this room. */
public final class OwnSeals {

    private final RoomIdentity identity;
    private final Partner self;

    public OwnSeals(RoomIdentity identity, Partner self) {
        this.identity = identity;
        this.self = self;
    }

    /** Whether this partner signed it, for this room, policy and partition. */
    public boolean isOwn(Seal seal, int partition) {
        Bytes32 structHash = seal.structHash(self.name(), self.partitions());
        return seal.partition() == partition
                && seal.policyHash().equals(identity.policyHash())
                && Secp256k1.recover(identity.digest(structHash), seal.signature().toBytes())
                        .filter(self.address()::equals)
                        .isPresent();
    }

    /** Whether it states exactly what precedes it. */
    public static boolean follows(Seal seal, ChainHead head) {
        return seal.count() == head.count() && seal.head().equals(head.head());
    }
}
