package io.sealroom.contracts;

final class InMemoryLedgerTest extends AbstractLedgerTest {

    private final FakeChain chain = new FakeChain();

    @Override
    TestChain chain() {
        return chain;
    }
}
