package io.sealroom.contracts;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** One contract at one endpoint, believed only after it was compared with the one that is meant. */
final class ContractSession implements AutoCloseable {

    /** A question to the endpoint. */
    interface Question<T> {
        T ask() throws IOException;
    }

    /** Compares what is at the endpoint with what is meant. */
    interface Check {
        void run() throws IOException;
    }

    /** How a call is sent while others may be under way. */
    enum Way {
        /** With the next number. */
        NEXT,
        /** With the next number, or in place of the very same call if that is under way. */
        ONCE,
        /** In place of what is under way, see {@link TransactionSender#replace}. */
        REPLACE
    }

    /** Of one transaction, EIP-7825. */
    private static final BigInteger GAS_MAX = BigInteger.ONE.shiftLeft(24);

    private static final Account NOBODY = new Account("0x" + "0".repeat(40));

    private final ChainEndpoint endpoint;
    private final long chainId;
    private final Account contract;
    private final String kind;
    private final Duration timeout;
    private final Check check;
    private final ErrorDecoder errors = new ErrorDecoder();
    private final @Nullable TransactionSender sender;
    private volatile boolean verified;

    /**
     * Nothing is asked yet.
     *
     * @param kind name of the contract, for messages
     * @param maxFee that may be offered at most, wei per gas
     * @param check of what is more than the chain id, and that there is code
     */
    ContractSession(
            ChainEndpoint endpoint,
            long chainId,
            Account contract,
            String kind,
            Optional<ChainSigner> sender,
            BigInteger maxFee,
            Duration timeout,
            Check check) {
        this.endpoint = endpoint;
        this.chainId = chainId;
        this.contract = contract;
        this.kind = kind;
        this.timeout = timeout;
        this.check = check;
        this.sender =
                sender.map(key -> new TransactionSender(endpoint, chainId, key, maxFee))
                        .orElse(null);
    }

    /** The account that a read only session asks as. */
    static Account caller(Optional<ChainSigner> sender) {
        return sender.map(ChainSigner::account).orElse(NOBODY);
    }

    /** The account that sends. */
    Account account() {
        return sender().account();
    }

    Duration timeout() {
        return timeout;
    }

    void verify() throws IOException {
        LocationCheck.chainId(chainId, endpoint.chainId());
        try {
            if (!endpoint.hasCode(contract)) {
                throw missing();
            }
            check.run();
        } catch (ContractViews.NoSuchContractException e) {
            throw missing();
        }
        verified = true;
    }

    private WrongChainException missing() {
        return new WrongChainException(
                WrongChainException.What.CONTRACT, contract.hex(), "no " + kind);
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

    List<Log> logs(long fromBlock, long toBlock, List<String> topics) throws IOException {
        return toBlock < fromBlock
                ? List.of()
                : ask(() -> endpoint.logs(contract, fromBlock, toBlock, topics));
    }

    ContractError decode(ChainEndpoint.CallResult.Reverted reverted) throws IOException {
        return errors.decode(reverted.data());
    }

    /**
     * Simulates a call on the newest block. All refusals of these contracts have a reason: that an
     * endpoint leaves it out must not be taken for one.
     */
    ChainEndpoint.CallResult call(String data) throws IOException {
        TransactionSender from = sender();
        return ask(
                () -> {
                    ChainEndpoint.CallResult result = endpoint.call(from.account(), contract, data);
                    if (result instanceof ChainEndpoint.CallResult.RevertedSilently) {
                        throw new IOException("the chain endpoint does not say why a call reverts");
                    }
                    return result;
                });
    }

    /**
     * Sends a call.
     *
     * @param headroom gas beyond the estimate, for what the call may find when it is mined
     */
    TransactionSender.Result transact(String data, Way way, long headroom) throws IOException {
        TransactionSender from = sender();
        return ask(
                () -> {
                    Optional<TransactionSender.Result> again =
                            way == Way.ONCE
                                    ? from.replaceUnderWay(contract.hex(), data)
                                    : Optional.empty();
                    if (again.isPresent()) {
                        return again.get();
                    }
                    BigInteger estimate = endpoint.estimateGas(from.account(), contract, data);
                    BigInteger gasLimit =
                            estimate.add(BigInteger.valueOf(headroom)).min(GAS_MAX.max(estimate));
                    return way == Way.REPLACE
                            ? from.replace(contract.hex(), data, gasLimit)
                            : from.send(contract.hex(), data, gasLimit);
                });
    }

    Optional<TransactionReceipt> receipt(Word transaction) throws IOException {
        Optional<TransactionReceipt> receipt = ask(() -> endpoint.receipt(transaction));
        receipt.ifPresent(mined -> sender().mined(transaction));
        return receipt;
    }

    boolean knows(Word transaction) throws IOException {
        return ask(() -> endpoint.knows(transaction));
    }

    private TransactionSender sender() {
        if (sender == null) {
            throw new IllegalStateException(
                    "sender must be given to send, this " + kind + " is read only");
        }
        return sender;
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
