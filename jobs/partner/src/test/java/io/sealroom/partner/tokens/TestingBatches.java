package io.sealroom.partner.tokens;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Answers as told, and writes down what was asked. */
final class TestingBatches implements BatchTokens {

    private final Clock clock;
    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final List<List<NormalisedIdentifier>> asked = new CopyOnWriteArrayList<>();

    /** Added to every answer. */
    volatile Map<NormalisedIdentifier, Token> padding = Map.of();

    /** Waited for by every batch. */
    volatile CountDownLatch partnerBack = new CountDownLatch(0);

    volatile @Nullable AgentException refusal;
    volatile @Nullable RuntimeException fault;
    volatile @Nullable Error error;

    /** What an evaluator sees of a batch. */
    record Seen(long time, long epoch, int size) {}

    TestingBatches(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Map<NormalisedIdentifier, Token> batch(
            long epoch, List<NormalisedIdentifier> identifiers, int size)
            throws AgentException, InterruptedException {
        seen.add(new Seen(clock.millis(), epoch, size));
        asked.add(List.copyOf(identifiers));
        partnerBack.await();
        AgentException refused = refusal;
        if (refused != null) {
            throw refused;
        }
        RuntimeException failed = fault;
        if (failed != null) {
            throw failed;
        }
        Error broken = error;
        if (broken != null) {
            throw broken;
        }
        Map<NormalisedIdentifier, Token> tokens = TokenFixture.tokens(epoch, identifiers);
        tokens.putAll(padding);
        return Map.copyOf(tokens);
    }
}
