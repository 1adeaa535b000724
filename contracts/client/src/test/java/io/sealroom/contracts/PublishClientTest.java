package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PublishClientTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Account CONTRACT = new Account("0x" + "5e".repeat(20));
    private static final PublishOptions FAST =
            new PublishOptions(
                    Duration.ofMillis(1),
                    Duration.ofMillis(8),
                    Duration.ofMillis(1),
                    Duration.ofMillis(20),
                    4);
    private static final PublishOptions PATIENT =
            new PublishOptions(
                    Duration.ofMillis(1),
                    Duration.ofMillis(8),
                    Duration.ofMillis(1),
                    Duration.ofHours(1),
                    4);

    private static final RoomConfiguration CONFIGURATION =
            TestRoom.configuration(1, new Account("0x" + "77".repeat(20)));

    private final InMemoryRoom room = InMemoryRoom.active(31_337, CONTRACT, CONFIGURATION);
    private final TestRoom parties = new TestRoom(room.location(), CONFIGURATION);
    private final Semaphore wakeUps = new Semaphore(0);
    private final List<PublishResult> finished = new ArrayList<>();
    private final List<PublishClient> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(PublishClient::close);
    }

    private PublishClient start(PublishOptions options) {
        PublishClient client = new PublishClient(room, options, wakeUps::release);
        clients.add(client);
        return client;
    }

    private List<PublishOutcome> awaitOutcomes(PublishClient client, int count) {
        Await.until(
                count + " results",
                DEADLINE,
                () -> {
                    finished.addAll(client.poll());
                    return finished.size() >= count;
                });
        return finished.stream().flatMap(result -> result.outcomes().stream()).toList();
    }

    private static void awaitRetry(PublishClient client, RetryCause cause) {
        Await.until(
                "a retry because of " + cause,
                DEADLINE,
                () ->
                        client.status()
                                .lastRetry()
                                .filter(retry -> retry.cause() == cause)
                                .isPresent());
    }

    private static void awaitInFlight(PublishClient client, int count) {
        Await.until(count + " in flight", DEADLINE, () -> client.status().inFlight() == count);
    }

    @Test
    void offer_many_allAreAccepted() {
        PublishClient client = start(FAST);
        for (int window = 0; window < 50; window++) {
            client.offer(parties.hourly(window, "root"));
        }
        assertThat(awaitOutcomes(client, 50))
                .allMatch(outcome -> outcome instanceof PublishOutcome.Accepted);
        assertThat(client.unfinished()).isEmpty();
        assertThat(wakeUps.availablePermits()).isPositive();
        assertThat(client.status()).isEqualTo(new PublishStatus(0, 0, 0, Optional.empty()));
    }

    @Test
    void offer_sameTwice_isOneResult() {
        PublishClient client = start(FAST);
        client.offer(parties.hourly(0, "root"));
        client.offer(parties.hourly(0, "root"));
        client.offer(parties.hourly(1, "root"));
        awaitOutcomes(client, 2);
        assertThat(finished).hasSize(2);
        assertThat(client.unfinished()).isEmpty();
    }

    /** A replay after a restart: the contract is what remembers. */
    @Test
    void offer_recordedBefore_isAlreadyThere() {
        WindowOffer offer = parties.hourly(0, "root");
        room.publish(offer);
        PublishClient client = start(FAST);
        client.offer(offer);
        assertThat(awaitOutcomes(client, 1))
                .containsExactly(
                        new PublishOutcome.AlreadyThere(offer.releases().get(0).releaseHash()));
    }

    @Test
    void offer_conflictAndRefusal_stopThoseAlone() {
        WindowOffer first = parties.hourly(0, "root");
        room.publish(first);
        PublishClient client = start(FAST);
        client.offer(parties.hourly(0, "another root"));
        client.offer(parties.offer(TestRoom.START + 1, "root", "input", 2));
        client.offer(parties.hourly(1, "root"));
        assertThat(awaitOutcomes(client, 3))
                .hasAtLeastOneElementOfType(PublishOutcome.Accepted.class)
                .hasAtLeastOneElementOfType(PublishOutcome.Refused.class)
                .contains(
                        new PublishOutcome.Conflict(
                                Optional.of(first.releases().get(0).releaseHash())));
    }

    @Test
    void offer_endpointAway_isKeptAndPublishedLater() {
        room.setAway(true);
        PublishClient client = start(FAST);
        client.offer(parties.hourly(0, "root"));
        client.offer(parties.hourly(1, "root"));
        awaitRetry(client, RetryCause.ENDPOINT_AWAY);
        assertThat(client.poll()).isEmpty();
        assertThat(client.unfinished())
                .containsExactly(parties.hourly(0, "root"), parties.hourly(1, "root"));

        room.setAway(false);
        assertThat(awaitOutcomes(client, 2))
                .allMatch(outcome -> outcome instanceof PublishOutcome.Accepted);
        assertThat(client.status().retries()).isPositive();
    }

    @Test
    void offer_endpointAwayWhileInFlight_asksForTheSameTransactionAgain() throws Exception {
        room.setMining(false);
        PublishClient client = start(PATIENT);
        client.offer(parties.hourly(0, "root"));
        awaitInFlight(client, 1);
        room.setAway(true);
        awaitRetry(client, RetryCause.ENDPOINT_AWAY);
        room.setAway(false);
        long head = room.headBlock();
        room.setMining(true);
        assertThat(awaitOutcomes(client, 1)).hasOnlyElementsOfType(PublishOutcome.Accepted.class);
        assertThat(room.headBlock()).isEqualTo(head + 1);
    }

    @Test
    void offer_beforeAllRevealed_waitsForIt() {
        FakeChain chain = new FakeChain();
        RoomConfiguration configuration = TestRoom.configuration(1, chain.ledger());
        InMemoryRoom fresh = chain.create(configuration);
        TestRoom owners = new TestRoom(fresh.location(), configuration);
        PublishClient client = new PublishClient(fresh, FAST, wakeUps::release);
        clients.add(client);
        client.offer(owners.hourly(0, "root"));
        awaitRetry(client, RetryCause.NOT_ACTIVE);
        owners.activate(fresh, chain);
        assertThat(awaitOutcomes(client, 1)).hasOnlyElementsOfType(PublishOutcome.Accepted.class);
    }

    /** One transaction, and an outcome for each release of it. */
    @Test
    void offer_batch_isOneResultWithAnOutcomeEach() {
        room.publish(parties.hourly(0, "root"));
        PublishClient client = start(FAST);
        client.offer(parties.batch(0, "root", "root"));
        List<PublishOutcome> outcomes = awaitOutcomes(client, 1);
        assertThat(finished).hasSize(1);
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(0)).isInstanceOf(PublishOutcome.AlreadyThere.class);
        assertThat(outcomes.get(1)).isInstanceOf(PublishOutcome.Accepted.class);
    }

    @Test
    void offer_transactionDropped_isSentAgain() {
        room.setMining(false);
        PublishClient client = start(FAST);
        client.offer(parties.hourly(0, "root"));
        awaitInFlight(client, 1);
        room.dropWaiting();
        // No block would ever take it, unless it is sent again.
        Await.until(
                "the offer to be recorded",
                DEADLINE,
                () -> {
                    room.setMining(true);
                    finished.addAll(client.poll());
                    return !finished.isEmpty();
                });
        assertThat(finished.get(0).outcomes()).allMatch(PublishOutcome::isFinal);
    }

    @Test
    void offer_moreThanMayBeInFlight_theRestWaits() {
        room.setMining(false);
        PublishClient client = start(PATIENT);
        for (int window = 0; window < 10; window++) {
            client.offer(parties.hourly(window, "root"));
        }
        awaitInFlight(client, 4);
        assertThat(client.status().waiting()).isEqualTo(6);
        room.setMining(true);
        assertThat(awaitOutcomes(client, 10))
                .allMatch(outcome -> outcome instanceof PublishOutcome.Accepted);
    }

    /** What a checkpoint has to hold: also what is finished and not yet taken. */
    @Test
    void unfinished_resultNotPolled_isStillInIt() throws InterruptedException {
        PublishClient client = start(FAST);
        WindowOffer offer = parties.hourly(0, "root");
        client.offer(offer);
        wakeUps.acquire();
        assertThat(client.unfinished()).containsExactly(offer);
        client.offer(offer);
        assertThat(client.poll()).hasSize(1);
        assertThat(client.unfinished()).isEmpty();
    }

    @Test
    void poll_wrongRoom_throwsForGoodAndKeepsTheOffers() throws InterruptedException {
        RoomLocation other = new RoomLocation(1, CONTRACT, room.location().policyHash());
        PublishClient client =
                new PublishClient(
                        InMemoryRoom.deploy(other, 31_337, CONFIGURATION), FAST, wakeUps::release);
        clients.add(client);
        client.offer(parties.hourly(0, "root"));
        wakeUps.acquire();
        assertThatThrownBy(client::poll).isInstanceOf(WrongChainException.class);
        assertThatThrownBy(client::poll).isInstanceOf(WrongChainException.class);
        assertThat(client.unfinished()).hasSize(1);
    }

    /** The caller's own fault here; anything else would end the thread alike. */
    @Test
    void poll_errorInTheThread_throwsForGoodAndKeepsTheOffers() throws InterruptedException {
        AssertionError error = new AssertionError("test");
        PublishClient client =
                new PublishClient(
                        room,
                        FAST,
                        () -> {
                            wakeUps.release();
                            throw error;
                        });
        clients.add(client);
        WindowOffer offer = parties.hourly(0, "root");
        client.offer(offer);
        // Of the result, and of the failure.
        assertThat(wakeUps.tryAcquire(2, DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(client::poll)
                .isInstanceOf(IllegalStateException.class)
                .cause()
                .isSameAs(error);
        assertThat(client.unfinished()).containsExactly(offer);
    }

    @Test
    void close_withWorkUnderWay_returnsAtOnceAndTakesNothingMore() {
        room.setAway(true);
        PublishClient client = start(PublishOptions.defaults());
        client.offer(parties.hourly(0, "root"));
        awaitRetry(client, RetryCause.ENDPOINT_AWAY);
        client.close();
        assertThat(client.unfinished()).hasSize(1);
        assertThatThrownBy(() -> client.offer(parties.hourly(1, "root")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void backoff_doublesUpToTheBound() {
        assertThat(FAST.backoff(1)).isEqualTo(Duration.ofMillis(1));
        assertThat(FAST.backoff(2)).isEqualTo(Duration.ofMillis(2));
        assertThat(FAST.backoff(4)).isEqualTo(Duration.ofMillis(8));
        assertThat(FAST.backoff(1_000_000)).isEqualTo(Duration.ofMillis(8));
    }

    @Test
    void options_notPositive_areRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new PublishOptions(Duration.ZERO, second, second, second, 1))
                .hasMessage("firstBackoff must be positive, given PT0S");
        assertThatThrownBy(() -> new PublishOptions(second, second, second, second, 0))
                .hasMessage("inFlightMax must be at least 1, given 0");
    }
}
