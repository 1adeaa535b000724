package io.sealroom.contracts;

import io.sealroom.local.parts.ChainOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A real chain as a {@link TestChain}; its clock starts where {@link TestRoom} does. */
final class AnvilChain implements TestChain {

    private static final int DEPLOYER = 0;
    private static final int SENDER = 1;
    private static final String TAKES = "0x631626ba7e60e01b60005260206000f3";
    private static final String TAKES_NOTHING = "0x00";

    private final Anvil anvil;
    private final Account factory;
    private final Account ledger;
    private final Set<Account> funded = new HashSet<>();

    private AnvilChain(Anvil anvil) throws IOException {
        this.anvil = anvil;
        try (ChainDeployer deployer = deployer()) {
            factory = deployer.deployFactory().contract();
            ledger = deployer.deployLedger(factory).contract();
        }
    }

    /** With the data sets registered. */
    static AnvilChain start() throws IOException {
        return start(ChainOptions.defaults());
    }

    static AnvilChain start(ChainOptions options) throws IOException {
        AnvilChain chain = new AnvilChain(Anvil.start(startingWithTheRoom(options)));
        TestRoom.register(chain);
        return chain;
    }

    static ChainOptions startingWithTheRoom(ChainOptions options) {
        return options.withExtraArguments(
                List.of("--timestamp", Long.toString(TestRoom.START / 1000)));
    }

    Anvil anvil() {
        return anvil;
    }

    String rpcUrl() {
        return anvil.chain().rpcUrl();
    }

    ChainDeployer deployer() throws IOException {
        return ChainDeployer.connect(rpcUrl(), anvil.signer(DEPLOYER));
    }

    RoomLocation locate(RoomConfiguration configuration) throws IOException {
        try (ChainDeployer deployer = deployer()) {
            return deployer.createRoom(factory, configuration).location();
        }
    }

    /** The room, by an endpoint of a sender's own. */
    RoomContract room(RoomLocation expected, ChainSigner sender) {
        return Web3jRoom.connect(RoomEndpoint.of(rpcUrl(), expected, sender));
    }

    @Override
    public Account factory() {
        return factory;
    }

    @Override
    public Account ledger() {
        return ledger;
    }

    @Override
    public RoomContract create(RoomConfiguration configuration) throws IOException {
        return room(locate(configuration));
    }

    @Override
    public RoomContract room(RoomLocation expected) {
        return room(expected, anvil.signer(SENDER));
    }

    @Override
    public LedgerContract ledger(ChainSigner owner) {
        try {
            if (funded.add(owner.account())) {
                anvil.chain().fund(owner.account().hex());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Web3jLedger.connect(
                LedgerEndpoint.of(rpcUrl(), new LedgerLocation(31_337, ledger), owner));
    }

    @Override
    public LedgerContract ledger(LedgerLocation expected) {
        return Web3jLedger.connect(LedgerEndpoint.readOnly(rpcUrl(), expected));
    }

    @Override
    public void install(Account address, boolean takes) throws IOException {
        anvil.setCode(address, takes ? TAKES : TAKES_NOTHING);
    }

    @Override
    public void mine(int blocks) throws IOException {
        anvil.mine(blocks);
    }

    @Override
    public void mineWithoutTransactions() throws IOException {
        anvil.mineWithoutTransactions();
    }

    @Override
    public void setMining(boolean value) throws IOException {
        anvil.setMining(value);
    }

    @Override
    public void close() throws IOException {
        anvil.close();
    }
}
