package io.sealroom.contracts;

/** The contract's constructor does not take a configuration. */
public final class RefusedConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // exceptions of this module stay in their JVM
    private final ContractError reason;

    RefusedConfigurationException(ContractError reason) {
        super("configuration must be one that the contract takes, it refuses with " + reason);
        this.reason = reason;
    }

    public ContractError reason() {
        return reason;
    }
}
