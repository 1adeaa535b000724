package io.sealroom.contracts;

/** The fake as a {@link TestChain}. */
final class FakeChain implements TestChain {

    private static final long CHAIN_ID = 31_337;

    private final InMemoryChain chain = new InMemoryChain(CHAIN_ID);

    FakeChain() {
        chain.setTime(TestRoom.START);
        TestRoom.register(this);
    }

    InMemoryChain chain() {
        return chain;
    }

    @Override
    public Account factory() {
        return chain.factory();
    }

    @Override
    public Account ledger() {
        return chain.ledger();
    }

    @Override
    public InMemoryRoom create(RoomConfiguration configuration) {
        return chain.createRoom(configuration);
    }

    @Override
    public InMemoryRoom room(RoomLocation expected) {
        return chain.room(expected);
    }

    @Override
    public LedgerContract ledger(ChainSigner owner) {
        return chain.ledger(owner.account());
    }

    @Override
    public LedgerContract ledger(LedgerLocation expected) {
        return chain.ledger(expected, TestRoom.approver(0).account());
    }

    @Override
    public void install(Account address, boolean takes) {
        chain.install(address, (digest, signature) -> takes);
    }

    @Override
    public void mine(int blocks) {
        chain.mine(blocks);
    }

    @Override
    public void mineWithoutTransactions() {
        chain.mine(1);
    }

    @Override
    public void setMining(boolean value) {
        chain.setMining(value);
    }

    @Override
    public void close() {}
}
