package io.sealroom.contracts;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The real contract on a real chain; one chain for all tests, a room for each. */
final class Web3jCeremonyTest extends AbstractCeremonyTest {

    private static AnvilChain chain;

    @BeforeAll
    static void startChain() throws IOException {
        chain = AnvilChain.start();
    }

    @AfterAll
    static void stopChain() throws IOException {
        chain.close();
    }

    @Override
    TestChain chain() {
        return chain;
    }
}
