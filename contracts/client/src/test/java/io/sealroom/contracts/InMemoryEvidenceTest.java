package io.sealroom.contracts;

final class InMemoryEvidenceTest extends AbstractEvidenceTest {

    private final FakeChain chain = new FakeChain();

    @Override
    TestChain chain() {
        return chain;
    }
}
