package io.sealroom.privacy.oprf;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.RoomIdentity;

/**
 * What a proof of possession is made for, besides the key: anywhere else it proves nothing.
 *
 * @param chainId EIP-155 chain id
 * @param contract the Room's address
 * @param room room id
 * @param partner name of the key's owner
 * @param epoch epoch of the key
 */
public record ProofContext(
        long chainId, Address contract, String room, String partner, long epoch) {

    /**
     * @throws IllegalArgumentException if the chain id or the epoch is negative, or a name breaks
     *     its rule
     */
    public ProofContext {
        if (chainId < 0) {
            throw new IllegalArgumentException("chainId must not be negative, got " + chainId);
        }
        RoomNames.requireRoom(room);
        RoomNames.requirePartner(partner);
        RoomNames.requireEpoch(epoch);
    }

    public static ProofContext of(RoomIdentity identity, String partner, long epoch) {
        return new ProofContext(
                identity.chainId(), identity.contract(), identity.room(), partner, epoch);
    }
}
