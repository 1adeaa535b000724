package io.sealroom.contracts;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.methods.response.Log;

/** A BudgetLedger behind a JSON-RPC endpoint. Connecting does no input or output. */
public final class Web3jLedger implements LedgerContract {

    private final LedgerLocation location;
    private final LedgerReads reads;
    private final ContractSession session;

    private Web3jLedger(LedgerEndpoint settings) {
        this.location = settings.location();
        ChainEndpoint endpoint = new ChainEndpoint(settings.rpcUrl(), settings.timeout());
        this.reads =
                new LedgerReads(
                        endpoint, location.contract(), ContractSession.caller(settings.sender()));
        this.session =
                new ContractSession(
                        endpoint,
                        location.chainId(),
                        location.contract(),
                        "BudgetLedger",
                        settings.sender(),
                        RoomEndpoint.DEFAULT_MAX_FEE,
                        settings.timeout(),
                        reads::factory);
    }

    public static Web3jLedger connect(LedgerEndpoint endpoint) {
        return new Web3jLedger(endpoint);
    }

    @Override
    public LedgerLocation location() {
        return location;
    }

    @Override
    public void verify() throws IOException {
        session.verify();
    }

    @Override
    public Account factory() throws IOException {
        return session.ask(reads::factory);
    }

    @Override
    public ActionOutcome register(
            Word name, long periodMillis, long limitPerPeriod, long limitForLife) {
        return bring(reads.register(name, periodMillis, limitPerPeriod, limitForLife), () -> false);
    }

    @Override
    public ActionOutcome allow(Word name, Account room, Word configurationHash, long allowance) {
        Account owner = session.account();
        return bring(
                reads.allow(name, room, configurationHash, allowance),
                () -> reads.grant(RoomDigests.dataset(owner, name), room).allowance() == allowance);
    }

    private ActionOutcome bring(String data, ContractSession.Question<Boolean> recorded) {
        return new Action(session, data, recorded).bring();
    }

    @Override
    public Optional<DatasetAccount> account(Word dataset) throws IOException {
        return session.ask(() -> reads.account(dataset));
    }

    @Override
    public DatasetGrant grant(Word dataset, Account room) throws IOException {
        return session.ask(() -> reads.grant(dataset, room));
    }

    @Override
    public long spentInPeriod(Word dataset, long period) throws IOException {
        return session.ask(() -> reads.spentInPeriod(dataset, period));
    }

    @Override
    public Optional<Word> shortOf(Account room, List<Word> datasets, long period, long amount)
            throws IOException {
        return session.ask(() -> reads.shortOf(room, datasets, period, amount));
    }

    @Override
    public long headBlock() throws IOException {
        return session.headBlock();
    }

    @Override
    public List<LedgerEvent> events(long fromBlock, long toBlock) throws IOException {
        List<Log> logs = session.logs(fromBlock, toBlock, List.of());
        return ChainEndpoint.read("eth_getLogs", () -> LedgerDecoder.decode(logs));
    }

    @Override
    public List<LedgerEvent.Charged> charges(long fromBlock, long toBlock) throws IOException {
        return LedgerDecoder.charges(
                LedgerDecoder.decode(
                        session.logs(fromBlock, toBlock, List.of(LedgerDecoder.CHARGED))));
    }

    @Override
    public void close() {
        session.close();
    }
}
