package io.sealroom.contracts;

/**
 * The endpoint is not the one that the policy means. No retry helps: a job fails for good, because
 * everything it would read or write there belongs to another room.
 */
public final class WrongChainException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What differs. */
    public enum What {
        CHAIN_ID,
        /** No contract, or no Room, at the address. */
        CONTRACT,
        POLICY_HASH
    }

    private final What what;

    public WrongChainException(What what, String expected, String found) {
        super(
                String.format(
                        "the chain endpoint has another %s: expected %s, found %s; check the endpoint's url, the"
                                + " chain id and the contract address of this deployment",
                        what, expected, found));
        this.what = what;
    }

    public What what() {
        return what;
    }
}
