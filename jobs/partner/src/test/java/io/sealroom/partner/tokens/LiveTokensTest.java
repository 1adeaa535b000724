package io.sealroom.partner.tokens;

import static io.sealroom.partner.tokens.LivePolicy.HOUR;
import static io.sealroom.partner.tokens.LivePolicy.MINUTE;
import static io.sealroom.partner.tokens.LivePolicy.START;
import static io.sealroom.partner.tokens.TokenFixture.counted;
import static io.sealroom.partner.tokens.TokenFixture.email;
import static io.sealroom.partner.tokens.TokenFixture.emails;
import static io.sealroom.partner.tokens.TokenFixture.keys;
import static io.sealroom.partner.tokens.TokenFixture.token;
import static io.sealroom.partner.tokens.TokenFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class LiveTokensTest {

    private static final int SIZE = 4;
    private static final NormalisedIdentifier ANN = email("ann@example.org");
    private static final NormalisedIdentifier BOB = email("bob@example.org");

    /** In the middle of the room's second epoch: no other is open. */
    private static final long NOON = START + HOUR + 30 * MINUTE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final TokenMetrics metrics = new TokenMetrics(registry);
    private final ManualClock clock = new ManualClock(NOON);
    private final ManualTicks ticks = new ManualTicks();
    private final TestingBatches batches = new TestingBatches(clock);
    private final MemoryTokenCache cache = new MemoryTokenCache(keys(), 1000, metrics);
    private final Policy policy = LivePolicy.of(0, 1_000_000);
    private final long epoch = policy.epochOf(NOON);

    @Test
    void batches_whateverWaits_leaveAtTheSameTimesForTheSameEpochsInTheSameSize() throws Exception {
        List<TestingBatches.Seen> nobody = seen((live, minute) -> {});
        List<TestingBatches.Seen> few =
                seen(
                        (live, minute) -> {
                            if (minute % 7 == 3) {
                                ask(live, START + minute * MINUTE, emails(minute, minute + 2));
                            }
                        });
        List<TestingBatches.Seen> flood =
                seen(
                        (live, minute) ->
                                ask(live, START + minute * MINUTE, emails(0, 3 * minute + 1)));

        assertThat(few).isEqualTo(nobody);
        assertThat(flood).isEqualTo(nobody);
        assertThat(nobody).hasSizeGreaterThan(3 * 60);
        assertThat(nobody).allMatch(batch -> batch.size() == SIZE);
    }

    /** What evaluators see from before the room to after it, while events come as told. */
    private List<TestingBatches.Seen> seen(BiConsumer<LiveTokens, Integer> events)
            throws Exception {
        ManualClock ownClock = new ManualClock(START);
        ManualTicks ownTicks = new ManualTicks();
        TestingBatches own = new TestingBatches(ownClock);
        Policy twoSlots = LivePolicy.of(1, 1_000_000);
        TokenMetrics ownMetrics = new TokenMetrics(new PrometheusRegistry());
        try (LiveTokens live =
                new LiveTokens(
                        twoSlots,
                        Cadence.of(twoSlots, Duration.ofMinutes(1), SIZE),
                        100,
                        own,
                        new MemoryTokenCache(keys(), 1000, ownMetrics),
                        ownClock,
                        () -> Long.MAX_VALUE,
                        ownTicks,
                        ownMetrics)) {
            live.start();
            for (int minute = -30; minute < 5 * 60; minute++) {
                ownClock.set(START + minute * MINUTE);
                events.accept(live, minute);
                ownTicks.tick();
            }
        }
        return own.seen;
    }

    private void ask(LiveTokens live, long time, List<NormalisedIdentifier> identifiers) {
        for (NormalisedIdentifier identifier : identifiers) {
            CompletableFuture<Token> unused = live.token(policy.epochOf(time), identifier);
        }
    }

    @Test
    void token_missing_comesWithTheNextBatchAndIsCached() throws Exception {
        try (LiveTokens live = live(100)) {
            CompletableFuture<Token> future = live.token(epoch, ANN);
            assertThat(future).isNotDone();
            assertThat(live.waiting()).isEqualTo(1);
            assertThat(counted(registry, "live_waiting")).isEqualTo(1);

            ticks.tick();

            assertThat(get(future)).isEqualTo(token(epoch, ANN));
            assertThat(live.token(epoch, ANN)).isCompletedWithValue(token(epoch, ANN));
            assertThat(cache.find(epoch, ANN)).contains(token(epoch, ANN));
            ticks.tick();
            assertThat(batches.asked).containsExactly(List.of(ANN), List.of());
        }
        assertThat(counted(registry, "live_batches")).isEqualTo(2);
        assertThat(counted(registry, "live_waiting")).isZero();
    }

    @Test
    void token_sameIdentifierThrice_takesOnePlaceAndIsSharedByCopies() throws Exception {
        try (LiveTokens live = live(100)) {
            CompletableFuture<Token> first = live.token(epoch, ANN);
            CompletableFuture<Token> second = live.token(epoch, ANN);
            CompletableFuture<Token> third = live.token(epoch, ANN);
            first.cancel(true);
            second.cancel(true);

            ticks.tick();

            assertThat(get(third)).isEqualTo(token(epoch, ANN));
            assertThat(batches.asked).containsExactly(List.of(ANN));
        }
    }

    @Test
    void token_askedForWhileItsBatchIsOut_takesNoSecondPlace() throws Exception {
        batches.partnerBack = new CountDownLatch(1);
        try (LiveTokens live = live(100)) {
            CompletableFuture<Token> first = live.token(epoch, ANN);
            ticks.begin();
            awaitAsked(1);
            CompletableFuture<Token> second = live.token(epoch, ANN);
            batches.partnerBack.countDown();

            assertThat(get(first)).isEqualTo(get(second));
            ticks.tick();
            assertThat(batches.asked).containsExactly(List.of(ANN), List.of());
        }
    }

    @Test
    void token_moreThanABatch_waitInOrder() throws Exception {
        List<NormalisedIdentifier> ten = emails(0, 10);
        try (LiveTokens live = live(100)) {
            List<CompletableFuture<Token>> futures =
                    ten.stream().map(identifier -> live.token(epoch, identifier)).toList();
            for (int i = 0; i < 3; i++) {
                ticks.tick();
            }

            assertThat(batches.asked)
                    .containsExactly(ten.subList(0, 4), ten.subList(4, 8), ten.subList(8, 10));
            for (int i = 0; i < 10; i++) {
                assertThat(get(futures.get(i))).isEqualTo(token(epoch, ten.get(i)));
            }
        }
    }

    @Test
    void token_queueFull_failsAtOnceAndIsCountedAndRoomComesAgain() throws Exception {
        try (LiveTokens live = live(2)) {
            CompletableFuture<Token> first = live.token(epoch, ANN);
            CompletableFuture<Token> second = live.token(epoch, BOB);

            CompletableFuture<Token> third = live.token(epoch, email("eve@example.org"));

            assertThatThrownBy(() -> get(third)).hasCauseInstanceOf(TokenQueueFullException.class);
            assertThat(counted(registry, "live_queue_full")).isEqualTo(1);
            ticks.tick();
            get(first);
            get(second);
            assertThat(live.token(epoch, email("eve@example.org"))).isNotDone();
        }
    }

    @Test
    void token_partnerAway_waitsAndComesByItself() throws Exception {
        batches.partnerBack = new CountDownLatch(1);
        try (LiveTokens live = live(100)) {
            CompletableFuture<Token> asked = live.token(epoch, ANN);
            ticks.begin();
            awaitAsked(1);
            CompletableFuture<Token> later = live.token(epoch, BOB);
            assertThat(asked).isNotDone();
            assertThat(live.waiting()).isEqualTo(2);
            assertThat(counted(registry, "live_waiting")).isEqualTo(2);
            assertThat(counted(registry, "live_batches_out")).isEqualTo(1);

            ticks.skip(17);
            batches.partnerBack.countDown();
            ticks.tick();

            assertThat(get(asked)).isEqualTo(token(epoch, ANN));
            assertThat(get(later)).isEqualTo(token(epoch, BOB));
            assertThat(counted(registry, "live_skipped_ticks")).isEqualTo(17);
            assertThat(counted(registry, "live_batches_out")).isZero();
        }
    }

    @Test
    void token_batchRefused_failsThoseOfTheBatchAndGoesOn() throws Exception {
        AgentException refusal = AgentException.unavailable(null, "QUOTA_EXCEEDED");
        batches.refusal = refusal;
        try (LiveTokens live = live(100)) {
            CompletableFuture<Token> asked = live.token(epoch, ANN);
            ticks.tick();
            assertThatThrownBy(() -> get(asked)).hasCause(refusal);
            assertThat(counted(registry, "live_failed_batches")).isEqualTo(1);

            batches.refusal = null;
            CompletableFuture<Token> again = live.token(epoch, ANN);
            ticks.tick();
            assertThat(get(again)).isEqualTo(token(epoch, ANN));
        }
    }

    @Test
    void token_faultInTheBatch_failsItAndGoesOn() throws Exception {
        batches.fault = new IllegalStateException("a step failed");
        try (LiveTokens live = live(100)) {
            CompletableFuture<Token> asked = live.token(epoch, ANN);
            ticks.tick();
            assertThatThrownBy(() -> get(asked)).hasCause(batches.fault);

            batches.fault = null;
            CompletableFuture<Token> again = live.token(epoch, ANN);
            ticks.tick();
            assertThat(get(again)).isEqualTo(token(epoch, ANN));
        }
    }

    @Test
    void token_errorInTheBatch_failsItAndGoesOn() throws Exception {
        Error error = new StackOverflowError("planted");
        batches.error = error;
        try (LiveTokens live = live(100)) {
            CompletableFuture<Token> asked = live.token(epoch, ANN);
            ticks.tick();
            assertThatThrownBy(() -> get(asked)).hasCause(error);

            batches.error = null;
            CompletableFuture<Token> again = live.token(epoch, ANN);
            ticks.tick();
            assertThat(get(again)).isEqualTo(token(epoch, ANN));
        }
    }

    @Test
    void token_cacheFaults_isGivenAllTheSame() throws Exception {
        TokenCache broken =
                new TokenCache() {
                    @Override
                    public Map<NormalisedIdentifier, Token> findAll(
                            long ofEpoch, Collection<NormalisedIdentifier> identifiers) {
                        return Map.of();
                    }

                    @Override
                    public void store(long ofEpoch, Map<NormalisedIdentifier, Token> tokens) {
                        throw new UncheckedIOException(new IOException("planted"));
                    }

                    @Override
                    public void forgetBefore(long ofEpoch) {
                        throw new DirectoryIteratorException(new IOException("planted"));
                    }
                };
        try (LiveTokens live = live(policy, 100, broken)) {
            live.start();
            CompletableFuture<Token> asked = live.token(epoch, ANN);
            ticks.tick();
            assertThat(get(asked)).isEqualTo(token(epoch, ANN));

            CompletableFuture<Token> late = live.token(epoch, BOB);
            clock.set(NOON + 2 * HOUR);
            ticks.tick();
            assertThatThrownBy(() -> get(late)).hasMessageContaining("ended too long ago");
        }
    }

    /** Neither had seen the other when it looked. */
    @Test
    void add_twiceAtOnce_bothAreAnsweredAndOnePlaceIsTaken() {
        WaitingMisses waiting = new WaitingMisses(10);
        CompletableFuture<Token> first = new CompletableFuture<>();
        CompletableFuture<Token> second = new CompletableFuture<>();
        CompletableFuture<Token> third = new CompletableFuture<>();
        assertThat(waiting.add(epoch, ANN, first)).isEmpty();
        assertThat(waiting.add(epoch, ANN, second)).isEmpty();
        assertThat(waiting.size()).isEqualTo(1);

        List<NormalisedIdentifier> taken = waiting.take(epoch, 5);
        assertThat(waiting.add(epoch, ANN, third)).isEmpty();
        assertThat(taken).containsExactly(ANN);
        assertThat(waiting.take(epoch, 5)).isEmpty();
        waiting.remove(epoch, taken).forEach((who, future) -> future.complete(token(epoch, who)));

        assertThat(List.of(first, second, third))
                .allMatch(future -> token(epoch, ANN).equals(future.getNow(null)));
        assertThat(waiting.size()).isZero();
    }

    @Test
    void batch_answersMoreThanWasAsked_nothingOfItIsKept() throws Exception {
        batches.padding = tokens(epoch, List.of(BOB));
        try (LiveTokens live = live(100)) {
            CompletableFuture<Token> asked = live.token(epoch, ANN);
            ticks.tick();
            get(asked);

            assertThat(cache.find(epoch, BOB)).isEmpty();
            assertThat(live.token(epoch, BOB)).isNotDone();
        }
    }

    @Test
    void ticks_callerTakesForEver_goOn() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (LiveTokens live = live(100)) {
            CompletableFuture<Void> stuck =
                    live.token(epoch, ANN).thenAccept(token -> awaitUninterruptibly(done));
            for (int i = 0; i < 5; i++) {
                ticks.tick();
            }
            assertThat(batches.seen).hasSize(5);
            assertThat(stuck).isNotDone();
            done.countDown();
            stuck.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void token_epochThatTheRoomHasNot_failsAtOnce() throws Exception {
        try (LiveTokens live = live(100)) {
            for (long other : new long[] {policy.firstEpoch() - 1, policy.lastEpoch() + 1}) {
                assertThatThrownBy(() -> get(live.token(other, ANN)))
                        .hasCauseInstanceOf(AgentException.class)
                        .hasMessageContaining("no epoch");
            }
            assertThat(live.waiting()).isZero();
        }
    }

    @Test
    void token_epochEndsMeanwhile_failsAndItsTokensAreForgotten() throws Exception {
        try (LiveTokens live = live(100)) {
            CompletableFuture<Token> cached = live.token(epoch, BOB);
            ticks.tick();
            get(cached);
            CompletableFuture<Token> asked = live.token(epoch, ANN);

            clock.set(NOON + 2 * HOUR);
            ticks.tick();

            assertThatThrownBy(() -> get(asked))
                    .hasCauseInstanceOf(EpochEndedException.class)
                    .hasMessageContaining("ended too long ago");
            assertThat(counted(registry, "live_expired")).isEqualTo(1);
            assertThat(live.waiting()).isZero();
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void close_whileWaitingAndOut_failsBothAndLaterOnes() throws Exception {
        batches.partnerBack = new CountDownLatch(1);
        LiveTokens live = live(100);
        CompletableFuture<Token> out = live.token(epoch, ANN);
        ticks.begin();
        awaitAsked(1);
        CompletableFuture<Token> queued = live.token(epoch, BOB);

        live.close();

        for (CompletableFuture<Token> future : List.of(out, queued, live.token(epoch, ANN))) {
            assertThatThrownBy(() -> get(future)).hasCauseInstanceOf(AgentException.class);
        }
        assertThat(live.waiting()).isZero();
    }

    @Test
    void create_fileMode_isRefused() {
        Policy file = LivePolicy.of(Mode.FILE, 0, 1_000_000);

        assertThatThrownBy(() -> live(file, 100))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("mode live");
    }

    private LiveTokens live(int waitingMax) throws AgentException {
        LiveTokens live = live(policy, waitingMax);
        live.start();
        return live;
    }

    private LiveTokens live(Policy of, int waitingMax) throws AgentException {
        return live(of, waitingMax, cache);
    }

    private LiveTokens live(Policy of, int waitingMax, TokenCache kept) throws AgentException {
        return new LiveTokens(
                of,
                Cadence.of(of, Duration.ofMinutes(1), SIZE),
                waitingMax,
                batches,
                kept,
                clock,
                () -> Long.MAX_VALUE,
                ticks,
                metrics);
    }

    private void awaitAsked(int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (batches.asked.size() < count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static Token get(CompletableFuture<Token> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
