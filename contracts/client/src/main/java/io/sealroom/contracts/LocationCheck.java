package io.sealroom.contracts;

/** Compares what is meant with what an endpoint leads to. */
final class LocationCheck {

    private LocationCheck() {}

    static void compare(RoomLocation expected, RoomLocation found) {
        chainId(expected.chainId(), found.chainId());
        policyHash(expected, found.policyHash());
    }

    static void chainId(long expected, long found) {
        if (expected != found) {
            throw new WrongChainException(
                    WrongChainException.What.CHAIN_ID,
                    Long.toString(expected),
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
