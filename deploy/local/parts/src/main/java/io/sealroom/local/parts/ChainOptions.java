package io.sealroom.local.parts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How to start a {@link LocalChain}; immutable, each {@code with} method gives a changed copy.
 *
 * @param port to listen on, on the loopback address; 0 for any free one
 * @param chainId as in {@code eth_chainId}
 * @param accounts number of funded development accounts, at least 1
 * @param slotsInAnEpoch the finalized block trails the newest by two epochs of this many blocks, at
 *     least 1
 * @param blockTimeSeconds a block every so many seconds, at least 1; empty: a block per transaction
 * @param stateFile state is loaded from it, if it exists, and written to it when the chain is
 *     closed
 * @param extraArguments handed to anvil as they are, last
 */
public record ChainOptions(
        int port,
        long chainId,
        int accounts,
        int slotsInAnEpoch,
        Optional<Integer> blockTimeSeconds,
        Optional<Path> stateFile,
        List<String> extraArguments) {

    public ChainOptions {
        require(port >= 0 && port <= 65_535, "port", "0 to 65535", port);
        require(chainId >= 1, "chainId", "at least 1", chainId);
        require(accounts >= 1, "accounts", "at least 1", accounts);
        require(slotsInAnEpoch >= 1, "slotsInAnEpoch", "at least 1", slotsInAnEpoch);
        int blockTime = blockTimeSeconds.orElse(1);
        require(blockTime >= 1, "blockTimeSeconds", "at least 1", blockTime);
        extraArguments = List.copyOf(extraArguments);
    }

    /**
     * Any port, chain 31337, 10 accounts, 1 slot in an epoch, a block per transaction, no state
     * file.
     */
    public static ChainOptions defaults() {
        return new ChainOptions(0, 31_337, 10, 1, Optional.empty(), Optional.empty(), List.of());
    }

    public ChainOptions withPort(int value) {
        return new ChainOptions(
                value,
                chainId,
                accounts,
                slotsInAnEpoch,
                blockTimeSeconds,
                stateFile,
                extraArguments);
    }

    public ChainOptions withChainId(long value) {
        return new ChainOptions(
                port, value, accounts, slotsInAnEpoch, blockTimeSeconds, stateFile, extraArguments);
    }

    public ChainOptions withAccounts(int value) {
        return new ChainOptions(
                port, chainId, value, slotsInAnEpoch, blockTimeSeconds, stateFile, extraArguments);
    }

    public ChainOptions withSlotsInAnEpoch(int value) {
        return new ChainOptions(
                port, chainId, accounts, value, blockTimeSeconds, stateFile, extraArguments);
    }

    public ChainOptions withBlockTimeSeconds(int value) {
        return new ChainOptions(
                port,
                chainId,
                accounts,
                slotsInAnEpoch,
                Optional.of(value),
                stateFile,
                extraArguments);
    }

    public ChainOptions withStateFile(Path value) {
        return new ChainOptions(
                port,
                chainId,
                accounts,
                slotsInAnEpoch,
                blockTimeSeconds,
                Optional.of(value),
                extraArguments);
    }

    public ChainOptions withExtraArguments(List<String> value) {
        return new ChainOptions(
                port, chainId, accounts, slotsInAnEpoch, blockTimeSeconds, stateFile, value);
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--host", "127.0.0.1");
        add(arguments, "--port", port);
        add(arguments, "--chain-id", chainId);
        add(arguments, "--accounts", accounts);
        add(arguments, "--slots-in-an-epoch", slotsInAnEpoch);
        blockTimeSeconds.ifPresent(value -> add(arguments, "--block-time", value));
        stateFile.ifPresent(value -> add(arguments, "--state", value));
        arguments.addAll(extraArguments);
        return List.copyOf(arguments);
    }

    private static void add(List<String> arguments, String name, Object value) {
        arguments.add(name);
        arguments.add(value.toString());
    }

    private static void require(boolean holds, String parameter, String rule, long given) {
        if (!holds) {
            throw new IllegalArgumentException(
                    String.format("%s must be %s, given %d", parameter, rule, given));
        }
    }
}
