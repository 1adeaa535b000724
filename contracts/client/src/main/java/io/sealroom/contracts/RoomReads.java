package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/** The contract's views and the ABI encoding of its actions, over one endpoint. */
final class RoomReads {

    private final ChainEndpoint endpoint;
    private final Account contract;
    private final Account caller;
    private final Room abi;

    RoomReads(ChainEndpoint endpoint, Account contract, Account caller) {
        this.endpoint = endpoint;
        this.contract = contract;
        this.caller = caller;
        this.abi =
                Room.load(
                        contract.hex(),
                        endpoint.web3j(),
                        new ReadonlyTransactionManager(endpoint.web3j(), caller.hex()),
                        new DefaultGasProvider());
    }

    Word policyHash() throws IOException {
        return word(abi.policyHash());
    }

    Word configurationHash() throws IOException {
        return word(abi.configurationHash());
    }

    int finalityDepth() throws IOException {
        return read(abi.finalityDepth(), BigInteger.class).intValueExact();
    }

    boolean approved() throws IOException {
        return read(abi.approved(), Boolean.class);
    }

    boolean hasApproved(int partnerIndex) throws IOException {
        return read(abi.hasApproved(BigInteger.valueOf(partnerIndex)), Boolean.class);
    }

    Optional<Word> releaseHash(Word query, long start) throws IOException {
        return recorded(word(abi.releaseHash(query.toBytes(), BigInteger.valueOf(start))));
    }

    Optional<Word> totalsCommitment(Word partner, long start, long end) throws IOException {
        return recorded(
                word(
                        abi.totalsCommitment(
                                partner.toBytes(),
                                BigInteger.valueOf(start),
                                BigInteger.valueOf(end))));
    }

    /** Calldata of approve. */
    String approve(int partnerIndex, Signature signature) {
        return abi.approve(BigInteger.valueOf(partnerIndex), signature.toBytes())
                .encodeFunctionCall();
    }

    /** Calldata of publish. */
    String publish(ReleaseOffer offer) {
        Room.ReleaseInput release =
                new Room.ReleaseInput(
                        offer.query().toBytes(),
                        BigInteger.valueOf(offer.start()),
                        BigInteger.valueOf(offer.rowCount()),
                        offer.root().toBytes(),
                        offer.mechanisms().toBytes());
        List<Room.TotalsInput> totals = new ArrayList<>();
        for (TotalsOffer given : offer.totals()) {
            totals.add(
                    new Room.TotalsInput(
                            given.commitment().toBytes(), given.signature().toBytes()));
        }
        List<byte[]> signatures = new ArrayList<>();
        for (NodeSignature given : offer.signatures()) {
            signatures.add(given.signature().toBytes());
        }
        return abi.publish(release, totals, signatures).encodeFunctionCall();
    }

    private static Optional<Word> recorded(Word word) {
        return word.isZero() ? Optional.empty() : Optional.of(word);
    }

    private Word word(RemoteFunctionCall<byte[]> call) throws IOException {
        return Word.of(read(call, byte[].class));
    }

    private <T> T read(RemoteFunctionCall<T> call, Class<T> type) throws IOException {
        ChainEndpoint.CallResult result =
                endpoint.call(caller, contract, call.encodeFunctionCall());
        if (result instanceof ChainEndpoint.CallResult.Returned returned) {
            for (Type<?> value : call.decodeFunctionResponse(returned.data())) {
                return type.cast(value.getValue());
            }
        }
        throw new NoSuchRoomException();
    }

    /** The address holds something that has no such view. */
    static final class NoSuchRoomException extends IOException {

        private static final long serialVersionUID = 1;

        NoSuchRoomException() {
            super("the contract does not answer as a Room does");
        }
    }
}
