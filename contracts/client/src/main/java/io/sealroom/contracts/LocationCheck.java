package io.sealroom.contracts;

/** Compares the room that is meant with the one that an endpoint leads to. */
final class LocationCheck {

    private LocationCheck() {}

    static void compare(RoomLocation expected, RoomLocation found) {
        chainId(expected, found.chainId());
        policyHash(expected, found.policyHash());
    }

    static void chainId(RoomLocation expected, long found) {
        if (expected.chainId() != found) {
            throw new WrongChainException(
                    WrongChainException.What.CHAIN_ID,
                    Long.toString(expected.chainId()),
                    Long.toString(found));
        }
    }

    static void policyHash(RoomLocation expected, Word found) {
        if (!expected.policyHash().equals(found)) {
            throw new WrongChainException(
                    WrongChainException.What.POLICY_HASH,
                    expected.policyHash().toString(),
                    found.toString());
        }
    }
}
