package io.sealroom.contracts;

final class InMemoryCeremonyTest extends AbstractCeremonyTest {

    private final FakeChain chain = new FakeChain();

    @Override
    TestChain chain() {
        return chain;
    }
}
