package io.sealroom.contracts;

import java.util.List;

/**
 * A custom error of the contract.
 *
 * @param name as in the contract's ABI, such as {@code UnknownQuery}
 * @param arguments in order, as text: numbers in decimal, bytes and addresses in lower-case hex
 *     with {@code 0x}
 */
public record ContractError(String name, List<String> arguments) {

    public ContractError {
        arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
        return name + "(" + String.join(", ", arguments) + ")";
    }
}
