package io.sealroom.contracts;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthLog;
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

        record Reverted(String data) implements CallResult {}
    }

    /** What the endpoint said to a signed transaction. */
    sealed interface SendResult {
        record Taken() implements SendResult {}

        record NotTaken(String message) implements SendResult {}
    }

    private final Web3j web3j;

    ChainEndpoint(String rpcUrl, Duration timeout) {
        OkHttpClient http = new OkHttpClient.Builder().callTimeout(timeout).build();
        this.web3j = Web3j.build(new HttpService(rpcUrl, http));
    }

    Web3j web3j() {
        return web3j;
    }

    long chainId() throws IOException {
        return answer(web3j.ethChainId()).getChainId().longValueExact();
    }

    boolean hasCode(Account account) throws IOException {
        return answer(web3j.ethGetCode(account.hex(), DefaultBlockParameterName.LATEST))
                        .getCode()
                        .length()
                > "0x".length();
    }

    CallResult call(Account from, Account to, String data) throws IOException {
        Transaction call = Transaction.createEthCallTransaction(from.hex(), to.hex(), data);
        return callResult(send(web3j.ethCall(call, DefaultBlockParameterName.LATEST)));
    }

    BigInteger estimateGas(Account from, Account to, String data) throws IOException {
        Transaction call = Transaction.createEthCallTransaction(from.hex(), to.hex(), data);
        return answer(web3j.ethEstimateGas(call)).getAmountUsed();
    }

    /** Simulates the creation of a contract. */
    CallResult create(Account from, String data) throws IOException {
        return callResult(
                send(web3j.ethCall(creation(from, data), DefaultBlockParameterName.LATEST)));
    }

    BigInteger estimateCreation(Account from, String data) throws IOException {
        return answer(web3j.ethEstimateGas(creation(from, data))).getAmountUsed();
    }

    private static Transaction creation(Account from, String data) {
        return new Transaction(from.hex(), null, null, null, null, null, data);
    }

    BigInteger transactionCount(Account account, boolean withPending) throws IOException {
        DefaultBlockParameterName block =
                withPending ? DefaultBlockParameterName.PENDING : DefaultBlockParameterName.LATEST;
        return answer(web3j.ethGetTransactionCount(account.hex(), block)).getTransactionCount();
    }

    BigInteger baseFee() throws IOException {
        return block(DefaultBlockParameterName.LATEST).getBaseFeePerGas();
    }

    BigInteger priorityFee() throws IOException {
        return answer(web3j.ethMaxPriorityFeePerGas()).getMaxPriorityFeePerGas();
    }

    SendResult sendRaw(String signed) throws IOException {
        Response<String> response = send(web3j.ethSendRawTransaction(signed));
        return response.hasError()
                ? new SendResult.NotTaken(String.valueOf(response.getError().getMessage()))
                : new SendResult.Taken();
    }

    Optional<TransactionReceipt> receipt(Word transaction) throws IOException {
        return answer(web3j.ethGetTransactionReceipt(transaction.toString()))
                .getTransactionReceipt();
    }

    /** Whether the endpoint has heard of it: in a block, or waiting for one. */
    boolean knows(Word transaction) throws IOException {
        return answer(web3j.ethGetTransactionByHash(transaction.toString()))
                .getTransaction()
                .isPresent();
    }

    long headBlock() throws IOException {
        return answer(web3j.ethBlockNumber()).getBlockNumber().longValueExact();
    }

    long finalizedBlock() throws IOException {
        return block(DefaultBlockParameterName.FINALIZED).getNumber().longValueExact();
    }

    private EthBlock.Block block(DefaultBlockParameter at) throws IOException {
        EthBlock.Block block = answer(web3j.ethGetBlockByNumber(at, false)).getBlock();
        if (block == null) {
            throw new IOException("the chain endpoint has no block " + at.getValue());
        }
        return block;
    }

    /** Logs of one contract; topics narrow it down from the first on. */
    List<Log> logs(Account contract, long fromBlock, long toBlock, List<String> topics)
            throws IOException {
        EthFilter filter =
                new EthFilter(
                        DefaultBlockParameter.valueOf(BigInteger.valueOf(fromBlock)),
                        DefaultBlockParameter.valueOf(BigInteger.valueOf(toBlock)),
                        contract.hex());
        topics.forEach(filter::addSingleTopic);
        List<Log> logs = new ArrayList<>();
        for (EthLog.LogResult<?> result : answer(web3j.ethGetLogs(filter)).getLogs()) {
            if (result.get() instanceof Log log && !log.isRemoved()) {
                logs.add(log);
            }
        }
        return logs;
    }

    private static CallResult callResult(Response<String> response) throws IOException {
        if (!response.hasError()) {
            return new CallResult.Returned(String.valueOf(response.getResult()));
        }
        String data = String.valueOf(response.getError().getData());
        if (!ErrorDecoder.isRevert(data)) {
            throw error(response);
        }
        return new CallResult.Reverted(data);
    }

    private static <T extends Response<?>> T answer(Request<?, T> request) throws IOException {
        T response = send(request);
        if (response.hasError()) {
            throw error(response);
        }
        return response;
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
