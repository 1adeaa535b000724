package io.sealroom.contracts;

import java.io.IOException;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Calls of a contract's views, over one endpoint. */
final class ContractViews {

    private final ChainEndpoint endpoint;
    private final Account contract;
    private final Account caller;
    private final ErrorDecoder errors = new ErrorDecoder();

    ContractViews(ChainEndpoint endpoint, Account contract, Account caller) {
        this.endpoint = endpoint;
        this.contract = contract;
        this.caller = caller;
    }

    Word word(RemoteFunctionCall<byte[]> call) throws IOException {
        return Word.of(read(call, byte[].class));
    }

    /**
     * What the view gives.
     *
     * @throws IllegalArgumentException if it refuses its arguments
     * @throws NoSuchContractException if there is no such view
     */
    <T> T read(RemoteFunctionCall<?> call, Class<T> type) throws IOException {
        ChainEndpoint.CallResult result =
                endpoint.call(caller, contract, call.encodeFunctionCall());
        if (result instanceof ChainEndpoint.CallResult.Returned returned) {
            if (returned.data().length() > "0x".length()) {
                return ChainEndpoint.read("eth_call", () -> value(call, returned.data(), type));
            }
        } else if (result instanceof ChainEndpoint.CallResult.Reverted reverted) {
            throw refused(errors.decode(reverted.data()));
        }
        throw new NoSuchContractException();
    }

    private static <T> T value(RemoteFunctionCall<?> call, String data, Class<T> type) {
        Type<?> value = call.decodeFunctionResponse(data).get(0);
        return type.cast(type.isInstance(value) ? value : value.getValue());
    }

    static IllegalArgumentException refused(ContractError error) {
        return new IllegalArgumentException(
                "arguments must be ones that the contract knows, it answers " + error);
    }

    /** The address holds something that has no such view. */
    static final class NoSuchContractException extends IOException {

        private static final long serialVersionUID = 1;

        NoSuchContractException() {
            super("the contract does not answer as the one that is meant does");
        }
    }
}
