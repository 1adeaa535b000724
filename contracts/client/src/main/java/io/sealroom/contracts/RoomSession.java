package io.sealroom.contracts;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** One room at one endpoint, believed only after it was compared with the room that is meant. */
final class RoomSession implements AutoCloseable {

    /** A question to the endpoint. */
    interface Question<T> {
        T ask() throws IOException;
    }

    private static final Account NOBODY = new Account("0x" + "0".repeat(40));

    /**
     * A publish that is simulated now may find other totals and releases there when it is mined.
     */
    private static final BigInteger GAS_HEADROOM = BigInteger.valueOf(100_000);

    private final RoomEndpoint settings;
    private final ChainEndpoint endpoint;
    private final RoomReads reads;
    private final ErrorDecoder errors = new ErrorDecoder();
    private final @Nullable TransactionSender sender;
    private volatile boolean verified;
    private volatile int finalityDepth;

    RoomSession(RoomEndpoint settings) {
        this.settings = settings;
        this.endpoint = new ChainEndpoint(settings.rpcUrl(), settings.timeout());
        this.sender =
                settings.sender()
                        .map(
                                key ->
                                        new TransactionSender(
                                                endpoint, settings.location().chainId(), key))
                        .orElse(null);
        this.reads =
                new RoomReads(
                        endpoint,
                        contract(),
                        settings.sender().map(ChainSigner::account).orElse(NOBODY));
    }

    RoomLocation location() {
        return settings.location();
    }

    Duration timeout() {
        return settings.timeout();
    }

    RoomReads reads() {
        return reads;
    }

    private Account contract() {
        return settings.location().contract();
    }

    void verify() throws IOException {
        LocationCheck.chainId(location(), endpoint.chainId());
        try {
            if (!endpoint.hasCode(contract())) {
                throw noRoom();
            }
            LocationCheck.policyHash(location(), reads.policyHash());
            finalityDepth = reads.finalityDepth();
        } catch (RoomReads.NoSuchRoomException e) {
            throw noRoom();
        }
        verified = true;
    }

    private WrongChainException noRoom() {
        return new WrongChainException(
                WrongChainException.What.CONTRACT, contract().hex(), "no Room");
    }

    /** After any failure the endpoint behind the URL may be another one. */
    <T> T ask(Question<T> question) throws IOException {
        if (!verified) {
            verify();
        }
        try {
            return question.ask();
        } catch (IOException e) {
            verified = false;
            throw e;
        }
    }

    long headBlock() throws IOException {
        return ask(endpoint::headBlock);
    }

    long finalBlock() throws IOException {
        return ask(
                () ->
                        finalityDepth == 0
                                ? endpoint.finalizedBlock()
                                : Math.max(-1, endpoint.headBlock() - finalityDepth));
    }

    List<RoomEvent> events(long fromBlock, long toBlock, List<String> topics) throws IOException {
        return decode(ask(() -> endpoint.logs(contract(), fromBlock, toBlock, topics)));
    }

    static List<RoomEvent> decode(List<Log> logs) {
        List<RoomEvent> events = new ArrayList<>();
        for (Log log : logs) {
            EventDecoder.decode(log).ifPresent(events::add);
        }
        return events;
    }

    ContractError decode(ChainEndpoint.CallResult.Reverted reverted) {
        return errors.decode(reverted.data());
    }

    /** Simulates a call on the newest block. */
    ChainEndpoint.CallResult call(String data) throws IOException {
        TransactionSender from = sender();
        return ask(() -> endpoint.call(from.account(), contract(), data));
    }

    /**
     * Sends a call.
     *
     * @param replace in place of the oldest transaction that is in no block
     */
    TransactionSender.Result transact(String data, boolean replace) throws IOException {
        TransactionSender from = sender();
        return ask(
                () -> {
                    BigInteger gasLimit =
                            endpoint.estimateGas(from.account(), contract(), data)
                                    .add(GAS_HEADROOM);
                    return replace
                            ? from.replace(contract().hex(), data, gasLimit)
                            : from.send(contract().hex(), data, gasLimit);
                });
    }

    Optional<TransactionReceipt> receipt(Word transaction) throws IOException {
        Optional<TransactionReceipt> receipt = ask(() -> endpoint.receipt(transaction));
        receipt.ifPresent(mined -> sender().mined());
        return receipt;
    }

    boolean knows(Word transaction) throws IOException {
        return ask(() -> endpoint.knows(transaction));
    }

    private TransactionSender sender() {
        if (sender == null) {
            throw new IllegalStateException("sender must be given to send, this room is read only");
        }
        return sender;
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
