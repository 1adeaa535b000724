package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.ReplyStatus;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole exchanges between the agents of one room, over topics in memory. */
@Timeout(60)
class ExchangePartnersTest {

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Path directory;

    ExchangePartnersTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void shutDown() {
        workers.shutdownNow();
        callers.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void tokens_nPartners_areTheRfcsForTheSumOfTheirKeysWhoeverAsks(int partners) throws Exception {
        ExchangeRoom room = ExchangeRoom.file(partners, 1000);
        TestingNetwork network = network(room, Clock.systemUTC());
        List<NormalisedIdentifier> identifiers = emails(3);

        for (String asking : room.names()) {
            Map<NormalisedIdentifier, Token> tokens =
                    network.agent(asking)
                            .requester(2)
                            .tokens(room.epoch(), identifiers, count -> {});

            assertThat(tokens).hasSize(3);
            tokens.forEach(
                    (identifier, token) ->
                            assertThat(token).isEqualTo(room.jointToken(room.epoch(), identifier)));
        }
    }

    @Test
    void tokens_partnerThatOnlyEvaluates_isAskedLikeTheOthers() throws Exception {
        ExchangeRoom room = ExchangeRoom.file(3, 1000);
        TestingNetwork network = network(room, Clock.systemUTC());

        network.agent("bank-1").requester(4).tokens(room.epoch(), emails(1), count -> {});

        assertThat(room.policy().partner("bank-3").supplies()).isFalse();
        assertThat(network.sent())
                .extracting(EvaluationRequest::evaluator)
                .containsExactly("bank-2", "bank-3");
    }

    @Test
    void tokens_onePartnerDown_keepsTheOthersAnswersAndResumesByItself() throws Exception {
        ExchangeRoom room = ExchangeRoom.file(3, 1000);
        TestingNetwork network = network(room, Clock.systemUTC());
        network.down("bank-3");
        TestingAgent asking = network.agent("bank-1");
        CompletableFuture<Map<NormalisedIdentifier, Token>> tokens =
                inBackground(
                        () -> asking.requester(4).tokens(room.epoch(), emails(3), count -> {}));

        await(() -> network.sent().size() >= 4);
        assertThat(tokens).isNotDone();
        assertThat(asking.metric("waiting_requests", "bank-3")).isEqualTo(1);
        assertThat(asking.metric("waiting_seconds", "bank-3")).isPositive();
        assertThat(asking.metric("waiting_requests", "bank-2")).isZero();

        network.up("bank-3");

        assertThat(tokens.get()).hasSize(3);
        assertThat(asking.metric("waiting_requests", "bank-3")).isZero();
        // bank-2 is asked once; bank-3 the same request again and again.
        assertThat(requestsTo(network, "bank-2")).hasSize(1);
        assertThat(requestsTo(network, "bank-3"))
                .hasSizeGreaterThan(2)
                .containsOnly(requestsTo(network, "bank-3").get(0));
        assertThat(network.agent("bank-2").metric("quota_used_elements", "bank-1")).isEqualTo(4);
        assertThat(network.agent("bank-3").metric("quota_used_elements", "bank-1")).isEqualTo(4);
    }

    @Test
    void tokens_evaluatorRestartedMidRun_chargesNothingTwice() throws Exception {
        ExchangeRoom room = ExchangeRoom.file(2, 1000);
        TestingNetwork network = network(room, Clock.systemUTC());
        // The first answer is lost with the process that made it.
        List<EvaluationReply> lost = new ArrayList<>();
        network.hands(
                reply -> {
                    if (lost.isEmpty()) {
                        lost.add(reply);
                        start(network, "bank-2");
                        return List.of();
                    }
                    return List.of(reply);
                });

        Map<NormalisedIdentifier, Token> tokens =
                network.agent("bank-1").requester(4).tokens(room.epoch(), emails(2), count -> {});

        assertThat(tokens).hasSize(2);
        assertThat(lost).hasSize(1);
        TestingAgent evaluator = network.agent("bank-2");
        assertThat(evaluator.metric("quota_used_elements", "bank-1")).isEqualTo(4);
        assertThat(evaluator.metric("elements_evaluated", "bank-1")).isEqualTo(4);
    }

    @Test
    void batch_fewerIdentifiersThanElements_looksLikeAnyOther() throws Exception {
        ExchangeRoom room = ExchangeRoom.file(2, 1000);
        TestingNetwork network = network(room, Clock.systemUTC());
        TokenRequester requester = network.agent("bank-1").requester(1024);

        assertThat(requester.batch(room.epoch(), emails(3), 16)).hasSize(3);
        assertThat(requester.batch(room.epoch(), List.of(), 16)).isEmpty();

        assertThat(network.sent()).hasSize(2);
        assertThat(network.sent()).allSatisfy(sent -> assertThat(sent.elements()).hasSize(16));
        assertThat(network.agent("bank-2").metric("quota_used_elements", "bank-1")).isEqualTo(32);
    }

    @Test
    void tokens_severalRequestersAtOnce_getTheirOwnTokensUnderRisingIds() throws Exception {
        ExchangeRoom room = ExchangeRoom.file(3, 10_000);
        TestingNetwork network = network(room, Clock.systemUTC());
        TestingAgent asking = network.agent("bank-1");
        List<CompletableFuture<Map<NormalisedIdentifier, Token>>> running =
                IntStream.range(0, 4)
                        .mapToObj(
                                i ->
                                        inBackground(
                                                () ->
                                                        asking.requester(2)
                                                                .tokens(
                                                                        room.epoch(),
                                                                        emails(6 + i),
                                                                        count -> {})))
                        .toList();

        for (int i = 0; i < running.size(); i++) {
            assertThat(running.get(i).get()).containsOnlyKeys(emails(6 + i));
        }
        // A request may be sent twice; what counts is that new ids come rising.
        List<Long> ids =
                requestsTo(network, "bank-2").stream()
                        .map(EvaluationRequest::requestId)
                        .distinct()
                        .toList();
        assertThat(ids).hasSize(3 + 4 + 4 + 5).isSorted();
        assertThat(asking.metric("replies_accepted", "bank-2")).isEqualTo(ids.size());
    }

    @Test
    void tokens_wrongEpochAtTheBoundaryOfALiveRoom_isAskedAgain() throws Exception {
        ExchangeRoom room = ExchangeRoom.live(2, 1000);
        // One minute before the own clock allows the epoch; the evaluator's is as far ahead.
        long begin = (room.epoch() - 1) * room.policy().epochMillis();
        TestingNetwork network = network(room, at(begin - 60_000));
        List<EvaluationReply> seen = new ArrayList<>();
        network.hands(
                reply -> {
                    seen.add(reply);
                    if (seen.size() == 1) {
                        start(network, "bank-2", at(begin));
                    }
                    return List.of(reply);
                });

        Map<NormalisedIdentifier, Token> tokens =
                network.agent("bank-1").requester(2).tokens(room.epoch(), emails(2), count -> {});

        assertThat(tokens).hasSize(2);
        assertThat(seen)
                .extracting(EvaluationReply::status)
                .containsExactly(ReplyStatus.WRONG_EPOCH, ReplyStatus.OK);
    }

    @Test
    void tokens_wrongEpochThatNoClockExplains_endsTheRun() throws Exception {
        ExchangeRoom room = ExchangeRoom.live(2, 1000);
        long begin = (room.epoch() - 1) * room.policy().epochMillis();
        TestingNetwork network = network(room, at(begin - Duration.ofMinutes(3).toMillis()));

        assertThatThrownBy(
                        () ->
                                network.agent("bank-1")
                                        .requester(2)
                                        .tokens(room.epoch(), emails(2), count -> {}))
                .isInstanceOf(PartnerRefusesException.class)
                .hasMessageContaining("WRONG_EPOCH");
    }

    private static List<EvaluationRequest> requestsTo(TestingNetwork network, String evaluator) {
        return network.sent().stream()
                .filter(request -> request.evaluator().equals(evaluator))
                .toList();
    }

    private TestingNetwork network(ExchangeRoom room, Clock clock) throws IOException {
        return new TestingNetwork(room, directory, clock, workers);
    }

    private static void start(TestingNetwork network, String name) {
        try {
            network.start(name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void start(TestingNetwork network, String name, Clock clock) {
        try {
            network.start(name, clock);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Call {
        Map<NormalisedIdentifier, Token> tokens() throws AgentException, InterruptedException;
    }

    private CompletableFuture<Map<NormalisedIdentifier, Token>> inBackground(Call call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call.tokens();
                    } catch (AgentException | InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                callers);
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static Clock at(long millis) {
        return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    private static List<NormalisedIdentifier> emails(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ExchangeRoom.email("p" + i + "@example.org"))
                .toList();
    }
}
