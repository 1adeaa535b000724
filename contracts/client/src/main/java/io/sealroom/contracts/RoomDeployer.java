package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.crypto.ContractUtils;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Puts a Room on a chain. Whoever does it keeps no power over it. */
public final class RoomDeployer {

    private static final long PAUSE_MILLIS = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private RoomDeployer() {}

    /**
     * Deploys a room and waits until it is in a block, at most a minute. The address depends on the
     * deployer's key and its number of earlier transactions alone: with a fresh fixed key it is
     * {@link #address}(key, 0).
     *
     * @return where the room is
     * @throws RefusedConfigurationException if the contract's constructor does not take the
     *     configuration
     * @throws IOException if the endpoint is away, does not take the transaction, or no block takes
     *     it in time
     */
    public static RoomLocation deploy(
            String rpcUrl, ChainSigner deployer, RoomConfiguration configuration)
            throws IOException {
        try (ChainEndpoint endpoint = new ChainEndpoint(rpcUrl, TIMEOUT)) {
            long chainId = endpoint.chainId();
            String data = creation(configuration);
            ChainEndpoint.CallResult simulated = endpoint.create(deployer.account(), data);
            if (simulated instanceof ChainEndpoint.CallResult.Reverted reverted) {
                throw new RefusedConfigurationException(new ErrorDecoder().decode(reverted.data()));
            }
            TransactionSender sender = new TransactionSender(endpoint, chainId, deployer);
            BigInteger gasLimit = endpoint.estimateCreation(deployer.account(), data);
            TransactionSender.Result result = sender.send("", data, gasLimit);
            if (!(result instanceof TransactionSender.Result.Sent sent)) {
                throw new IOException(
                        "the chain endpoint does not take the deployment: "
                                + ((TransactionSender.Result.NotSent) result).message());
            }
            TransactionReceipt receipt = await(endpoint, sent.transaction());
            return new RoomLocation(
                    chainId, new Account(receipt.getContractAddress()), configuration.policyHash());
        }
    }

    /**
     * Where a deployment goes.
     *
     * @param transactions that the deployer has sent before it
     */
    public static Account address(Account deployer, long transactions) {
        return Account.of(
                ContractUtils.generateContractAddress(
                        deployer.toBytes(), BigInteger.valueOf(transactions)));
    }

    private static String creation(RoomConfiguration configuration) {
        return Room.BINARY
                + FunctionEncoder.encodeConstructor(List.of(RoomDigests.abi(configuration)));
    }

    private static TransactionReceipt await(ChainEndpoint endpoint, Word transaction)
            throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TIMEOUT.toNanos()) {
            Optional<TransactionReceipt> receipt = endpoint.receipt(transaction);
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
        throw new IOException("the deployment is in no block yet: transaction " + transaction);
    }
}
