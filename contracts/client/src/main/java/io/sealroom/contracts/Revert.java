package io.sealroom.contracts;

import java.util.List;

/** How the contract's stand-in leaves a transaction: nothing of it happened. */
final class Revert extends RuntimeException {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // never serialised: it does not leave InMemoryRoom
    private final ContractError error;

    private Revert(ContractError error) {
        super(error.toString(), null, false, false);
        this.error = error;
    }

    static Revert with(String name, Object... arguments) {
        return new Revert(
                new ContractError(
                        name, List.of(arguments).stream().map(Object::toString).toList()));
    }

    static void unless(boolean holds, String name, Object... arguments) {
        if (!holds) {
            throw with(name, arguments);
        }
    }

    ContractError error() {
        return error;
    }
}
