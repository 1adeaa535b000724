package io.sealroom.contracts;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthEstimateGas;
import org.web3j.protocol.core.methods.response.EthGetTransactionCount;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.EthMaxPriorityFeePerGas;
import org.web3j.protocol.core.methods.response.EthTransaction;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;
import org.web3j.utils.Numeric;

/**
 * JSON-RPC, with one way to fail: whatever is not the answer asked for is an {@link IOException},
 * be it a refused connection, an HTTP status, an error object or nonsense.
 */
final class ChainEndpoint implements AutoCloseable {

    /** What a simulated call did. */
    sealed interface CallResult {
        record Returned(String data) implements CallResult {}

        /**
         * It reverted.
         *
         * @param data why, as the endpoint gave it
         */
        record Reverted(String data) implements CallResult {}

        /** It reverted, and the endpoint or the contract does not say why. */
        record RevertedSilently() implements CallResult {}
    }

    /** What the endpoint said to a signed transaction. */
    sealed interface SendResult {
        record Taken() implements SendResult {}

        record NotTaken(String message) implements SendResult {}
    }

    /**
     * A newest block.
     *
     * @param baseFee wei per gas
     */
    record Head(long number, BigInteger baseFee) {}

    /** What public endpoints take in one question for logs. */
    private static final int LOG_BLOCKS_MAX = 2_000;

    private final Web3j web3j;

    ChainEndpoint(String rpcUrl, Duration timeout) {
        OkHttpClient http = new OkHttpClient.Builder().callTimeout(timeout).build();
        this.web3j = Web3j.build(new HttpService(rpcUrl, http));
    }

    Web3j web3j() {
        return web3j;
    }

    long chainId() throws IOException {
        return answer(web3j.ethChainId(), response -> response.getChainId().longValueExact());
    }

    boolean hasCode(Account account) throws IOException {
        return answer(
                                web3j.ethGetCode(account.hex(), DefaultBlockParameterName.LATEST),
                                ChainEndpoint::bytes)
                        .length
                > 0;
    }

    /** Simulates a call on the newest block. */
    CallResult call(Account from, Account to, String data) throws IOException {
        Transaction call = Transaction.createEthCallTransaction(from.hex(), to.hex(), data);
        return callResult(send(web3j.ethCall(call, DefaultBlockParameterName.LATEST)));
    }

    BigInteger estimateGas(Account from, Account to, String data) throws IOException {
        Transaction call = Transaction.createEthCallTransaction(from.hex(), to.hex(), data);
        return answer(web3j.ethEstimateGas(call), EthEstimateGas::getAmountUsed);
    }

    BigInteger estimateCreation(Account from, String data) throws IOException {
        return answer(web3j.ethEstimateGas(creation(from, data)), EthEstimateGas::getAmountUsed);
    }

    private static Transaction creation(Account from, String data) {
        return new Transaction(from.hex(), null, null, null, null, null, data);
    }

    BigInteger transactionCount(Account account, boolean withPending) throws IOException {
        DefaultBlockParameterName block =
                withPending ? DefaultBlockParameterName.PENDING : DefaultBlockParameterName.LATEST;
        return answer(
                web3j.ethGetTransactionCount(account.hex(), block),
                EthGetTransactionCount::getTransactionCount);
    }

    /** The newest block. */
    Head head() throws IOException {
        return block(
                DefaultBlockParameterName.LATEST,
                block -> new Head(block.getNumber().longValueExact(), block.getBaseFeePerGas()));
    }

    BigInteger priorityFee() throws IOException {
        return answer(
                web3j.ethMaxPriorityFeePerGas(), EthMaxPriorityFeePerGas::getMaxPriorityFeePerGas);
    }

    SendResult sendRaw(String signed) throws IOException {
        Response<String> response = send(web3j.ethSendRawTransaction(signed));
        if (response.hasError()) {
            return new SendResult.NotTaken(String.valueOf(response.getError().getMessage()));
        }
        Word unused = read("eth_sendRawTransaction", () -> Word.fromHex(response.getResult()));
        return new SendResult.Taken();
    }

    Optional<TransactionReceipt> receipt(Word transaction) throws IOException {
        return answer(
                web3j.ethGetTransactionReceipt(transaction.toString()),
                response -> response.getTransactionReceipt().filter(ChainEndpoint::isReadable));
    }

    /** Fields are read when they are asked for: here, so that none throws later. */
    private static boolean isReadable(TransactionReceipt receipt) {
        return receipt.getBlockNumber() != null
                && (receipt.isStatusOK() || !receipt.getStatus().isEmpty());
    }

    /** Whether the endpoint has heard of it: in a block, or waiting for one. */
    boolean knows(Word transaction) throws IOException {
        return transaction(transaction).isPresent();
    }

    /** A transaction as it was sent. */
    Optional<org.web3j.protocol.core.methods.response.Transaction> transaction(Word hash)
            throws IOException {
        return answer(
                web3j.ethGetTransactionByHash(hash.toString()), EthTransaction::getTransaction);
    }

    long headBlock() throws IOException {
        return answer(
                web3j.ethBlockNumber(), response -> response.getBlockNumber().longValueExact());
    }

    long finalizedBlock() throws IOException {
        return block(
                DefaultBlockParameterName.FINALIZED, block -> block.getNumber().longValueExact());
    }

    private <T> T block(DefaultBlockParameter at, Function<EthBlock.Block, T> reading)
            throws IOException {
        return answer(
                web3j.ethGetBlockByNumber(at, false),
                response -> reading.apply(response.getBlock()));
    }

    /**
     * Logs of one contract; topics narrow it down from the first on. A long range is asked for in
     * pieces: endpoints refuse what spans more blocks than they like.
     */
    List<Log> logs(Account contract, long fromBlock, long toBlock, List<String> topics)
            throws IOException {
        List<Log> logs = new ArrayList<>();
        for (long first = fromBlock; first <= toBlock; first += LOG_BLOCKS_MAX) {
            long last = Math.min(toBlock, first + LOG_BLOCKS_MAX - 1);
            logs.addAll(logsOfPiece(contract, first, last, topics));
        }
        return logs;
    }

    private List<Log> logsOfPiece(
            Account contract, long fromBlock, long toBlock, List<String> topics)
            throws IOException {
        EthFilter filter =
                new EthFilter(
                        DefaultBlockParameter.valueOf(BigInteger.valueOf(fromBlock)),
                        DefaultBlockParameter.valueOf(BigInteger.valueOf(toBlock)),
                        contract.hex());
        topics.forEach(filter::addSingleTopic);
        return answer(web3j.ethGetLogs(filter), ChainEndpoint::logs);
    }

    private static List<Log> logs(EthLog response) {
        List<Log> logs = new ArrayList<>();
        for (EthLog.LogResult<?> result : response.getLogs()) {
            if (result.get() instanceof Log log && !log.isRemoved()) {
                logs.add(log);
            }
        }
        return logs;
    }

    private static CallResult callResult(Response<String> response) throws IOException {
        if (!response.hasError()) {
            return new CallResult.Returned(
                    read("eth_call", () -> Numeric.toHexString(bytes(response))));
        }
        String message = String.valueOf(response.getError().getMessage());
        String data = String.valueOf(response.getError().getData());
        if (ErrorDecoder.isRevert(response.getError().getCode(), message, data)) {
            return new CallResult.Reverted(data);
        }
        if (ErrorDecoder.saysReverted(message)) {
            return new CallResult.RevertedSilently();
        }
        throw error(response);
    }

    private static byte[] bytes(Response<String> response) {
        String text = response.getResult();
        return HexFormat.of()
                .parseHex(text, Numeric.containsHexPrefix(text) ? 2 : 0, text.length());
    }

    private static <T extends Response<?>, V> V answer(
            Request<?, T> request, Function<T, @Nullable V> reading) throws IOException {
        T response = send(request);
        if (response.hasError()) {
            throw error(response);
        }
        return read(request.getMethod(), () -> reading.apply(response));
    }

    /**
     * Reads an answer. The library reads late, and throws whatever comes of it.
     *
     * @param question for a message
     */
    static <V> V read(String question, Supplier<@Nullable V> reading) throws IOException {
        try {
            V value = reading.get();
            if (value != null) {
                return value;
            }
        } catch (RuntimeException e) {
            throw new IOException("the chain endpoint answers with nonsense to " + question, e);
        }
        throw new IOException("the chain endpoint answers with nothing to " + question);
    }

    private static <T extends Response<?>> T send(Request<?, T> request) throws IOException {
        try {
            return request.send();
        } catch (RuntimeException e) {
            // The library reports an HTTP status this way.
            throw new IOException("the chain endpoint gave no answer to " + request.getMethod(), e);
        }
    }

    private static IOException error(Response<?> response) {
        return new IOException(
                "the chain endpoint answers with an error: " + response.getError().getMessage());
    }

    /** Text of a transaction's bytes. */
    static String hex(byte[] bytes) {
        return Numeric.toHexString(bytes);
    }

    @Override
    public void close() {
        web3j.shutdown();
    }
}
