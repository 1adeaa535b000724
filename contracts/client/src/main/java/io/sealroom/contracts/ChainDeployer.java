package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.BudgetLedger;
import io.sealroom.contracts.wrappers.RoomFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.crypto.ContractUtils;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Puts contracts on a chain and rooms into being. Whoever does it keeps no power over them. Calls
 * wait until it is in a block, at most as long as they are given, or a minute; each throws an
 * {@link IOException} if the endpoint is away, does not take the transaction, or no block takes it
 * in time.
 */
public final class ChainDeployer implements AutoCloseable {

    /**
     * A contract that is there.
     *
     * @param block number of the block that created it
     */
    public record Deployment(Account contract, long block) {}

    /**
     * A room that is there.
     *
     * @param block number of the block that created it: nothing of it is in an earlier one
     */
    public record CreatedRoom(RoomLocation location, long block) {}

    private static final long PAUSE_MILLIS = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String NOWHERE = "";
    private static final String YES = "0x" + "0".repeat(63) + "1";

    private final ChainEndpoint endpoint;
    private final ErrorDecoder errors = new ErrorDecoder();
    private final ChainSigner deployer;
    private final long chainId;
    private final TransactionSender sender;
    private final Duration timeout;

    private ChainDeployer(
            ChainEndpoint endpoint, ChainSigner deployer, long chainId, Duration timeout) {
        this.endpoint = endpoint;
        this.deployer = deployer;
        this.chainId = chainId;
        this.timeout = timeout;
        this.sender =
                new TransactionSender(endpoint, chainId, deployer, RoomEndpoint.DEFAULT_MAX_FEE);
    }

    /**
     * With a timeout of a minute.
     *
     * @param deployer pays
     */
    public static ChainDeployer connect(String rpcUrl, ChainSigner deployer) throws IOException {
        return connect(rpcUrl, deployer, TIMEOUT);
    }

    /**
     * Asks the endpoint for its chain id.
     *
     * @param deployer pays
     * @param timeout of a request, and until a transaction is in a block
     */
    public static ChainDeployer connect(String rpcUrl, ChainSigner deployer, Duration timeout)
            throws IOException {
        ChainEndpoint endpoint = new ChainEndpoint(rpcUrl, timeout);
        try {
            return new ChainDeployer(endpoint, deployer, endpoint.chainId(), timeout);
        } catch (IOException e) {
            endpoint.close();
            throw e;
        }
    }

    /** The chain that all of this goes to. */
    public long chainId() {
        return chainId;
    }

    /** Deploys a RoomFactory. */
    public Deployment deployFactory() throws IOException {
        return deploy(RoomFactory.BINARY);
    }

    /**
     * Deploys a BudgetLedger.
     *
     * @param factory whose rooms may be allowed to spend
     */
    public Deployment deployLedger(Account factory) throws IOException {
        return deploy(
                BudgetLedger.BINARY
                        + FunctionEncoder.encodeConstructor(List.of(new Address(factory.hex()))));
    }

    /**
     * Creates a room.
     *
     * @throws RefusedConfigurationException if the contract does not take the configuration
     * @throws WrongChainException if there is no factory at the address
     */
    public CreatedRoom createRoom(Account factory, RoomConfiguration configuration)
            throws IOException {
        String data = creation(configuration);
        ChainEndpoint.CallResult simulated = endpoint.call(deployer.account(), factory, data);
        if (simulated instanceof ChainEndpoint.CallResult.RevertedSilently
                || !endpoint.hasCode(factory)) {
            throw new WrongChainException(
                    WrongChainException.What.CONTRACT, factory.hex(), "no RoomFactory");
        }
        if (simulated instanceof ChainEndpoint.CallResult.Reverted reverted) {
            throw new RefusedConfigurationException(errors.decode(reverted.data()));
        }
        BigInteger gasLimit = endpoint.estimateGas(deployer.account(), factory, data);
        TransactionReceipt receipt = await(sender.send(factory.hex(), data, gasLimit));
        for (Log log : receipt.getLogs()) {
            if (log.getTopics().get(0).equals(EventDecoder.topic(RoomFactory.CREATED_EVENT))) {
                RoomFactory.CreatedEventResponse created = RoomFactory.getCreatedEventFromLog(log);
                return new CreatedRoom(
                        new RoomLocation(
                                chainId, new Account(created.room), Word.of(created.policyHash)),
                        receipt.getBlockNumber().longValueExact());
            }
        }
        throw new IOException("the factory does not say where it created the room");
    }

    /** Whether a factory created a room: that says what code it runs. */
    public static boolean isRoom(String rpcUrl, Account factory, Account room) throws IOException {
        String data =
                FunctionEncoder.encode(
                        new Function(
                                RoomFactory.FUNC_ISROOM,
                                List.of(new Address(room.hex())),
                                List.of()));
        try (ChainEndpoint endpoint = new ChainEndpoint(rpcUrl, TIMEOUT)) {
            return endpoint.call(room, factory, data)
                            instanceof ChainEndpoint.CallResult.Returned returned
                    && YES.equals(returned.data());
        }
    }

    /**
     * Where a contract goes. With a fresh fixed key the first is {@code address(key, 0)}; a
     * factory, that starts at 1, puts its first room at {@code address(factory, 1)}.
     *
     * @param creator a key's account, or a contract
     * @param number of the key's earlier transactions, or 1 and the number of the contract's
     *     earlier creations
     */
    public static Account address(Account creator, long number) {
        return Account.of(
                ContractUtils.generateContractAddress(
                        creator.toBytes(), BigInteger.valueOf(number)));
    }

    // By hand: the factory's wrapper has classes of its own for the structs that Room's has.
    private static String creation(RoomConfiguration configuration) {
        return FunctionEncoder.encode(
                new Function(
                        RoomFactory.FUNC_CREATE,
                        List.of(AbiTypes.configuration(configuration)),
                        List.of()));
    }

    private Deployment deploy(String data) throws IOException {
        BigInteger gasLimit = endpoint.estimateCreation(deployer.account(), data);
        TransactionReceipt receipt = await(sender.send(NOWHERE, data, gasLimit));
        return new Deployment(
                new Account(receipt.getContractAddress()),
                receipt.getBlockNumber().longValueExact());
    }

    private TransactionReceipt await(TransactionSender.Result result) throws IOException {
        if (!(result instanceof TransactionSender.Result.Sent sent)) {
            throw new IOException(
                    "the chain endpoint does not take the deployment: "
                            + ((TransactionSender.Result.NotSent) result).message());
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < timeout.toNanos()) {
            Optional<TransactionReceipt> receipt = endpoint.receipt(sent.transaction());
            if (receipt.isPresent()) {
                if (!receipt.get().isStatusOK()) {
                    throw new IOException(
                            "the deployment ran out of gas or was refused in its block");
                }
                return receipt.get();
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IOException(
                "the deployment is in no block yet: transaction " + sent.transaction());
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
