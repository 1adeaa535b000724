package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.ChainOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publish client against a real chain that does what chains do. */
final class Web3jPublishTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final PublishOptions FAST =
            new PublishOptions(
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    Duration.ofMillis(20),
                    Duration.ofSeconds(5),
                    8);
    private static final PublishOptions IMPATIENT =
            new PublishOptions(
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    8);

    /** All at once, and none of them is taken for stuck. */
    private static final PublishOptions WIDE =
            new PublishOptions(
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    Duration.ofMillis(20),
                    DEADLINE,
                    200);

    @Test
    void offer_chainRestarts_isPublishedInTheEnd(@TempDir Path directory) throws IOException {
        ChainOptions options =
                ChainOptions.defaults()
                        .withPort(freePort())
                        .withStateFile(directory.resolve("chain.json"));
        RoomLocation location;
        RoomConfiguration configuration;
        ChainSigner sender;
        try (AnvilChain chain = AnvilChain.start(options)) {
            configuration = TestRoom.configuration(1, chain.ledger());
            location = chain.locate(configuration);
            sender = chain.anvil().signer(1);
            try (RoomContract room = chain.room(location)) {
                new TestRoom(location, configuration).activate(room, chain);
            }
        }
        String rpcUrl = "http://127.0.0.1:" + options.port();
        TestRoom parties = new TestRoom(location, configuration);
        Web3jRoom room = Web3jRoom.connect(RoomEndpoint.of(rpcUrl, location, sender));
        try (PublishClient client = new PublishClient(room, FAST, () -> {})) {
            client.offer(parties.hourly(0, "root"));
            Await.until("a retry", DEADLINE, () -> client.status().lastRetry().isPresent());
            try (Anvil again = Anvil.start(AnvilChain.startingWithTheRoom(options))) {
                assertThat(again.chain().rpcUrl()).isEqualTo(rpcUrl);
                assertThat(await(client, 1)).allMatch(Web3jPublishTest::isRecorded);
                WindowOffer offer = parties.hourly(0, "root");
                assertThat(room.releaseHash(TestRoom.HOURLY, offer.start()))
                        .contains(offer.releases().get(0).releaseHash());
            }
        }
    }

    /** What was in flight is gone with the endpoint's pool; the state of its last block is not. */
    @Test
    void offer_chainRestartsWithoutItsPool_isPublishedInTheEnd(@TempDir Path directory)
            throws IOException {
        ChainOptions options =
                ChainOptions.defaults()
                        .withPort(freePort())
                        .withStateFile(directory.resolve("chain.json"));
        try (OneRoom one = new OneRoom(AnvilChain.start(options));
                PublishClient client = new PublishClient(one.connect(1), IMPATIENT, () -> {})) {
            one.chain.setMining(false);
            for (int window = 0; window < 5; window++) {
                client.offer(one.parties.hourly(window, "root"));
            }
            Await.until("all in flight", DEADLINE, () -> client.status().inFlight() == 5);
            one.chain.close();
            try (Anvil again = Anvil.start(AnvilChain.startingWithTheRoom(options))) {
                assertThat(again.chain().port()).isEqualTo(options.port());
                assertThat(await(client, 5)).allMatch(Web3jPublishTest::isRecorded);
            }
        }
    }

    @Test
    void offer_twoNodesPublishTheSame_bothFinishAndOneHashStands() throws IOException {
        try (OneRoom one = new OneRoom(AnvilChain.start());
                PublishClient first = new PublishClient(one.connect(1), FAST, () -> {});
                PublishClient second = new PublishClient(one.connect(2), FAST, () -> {})) {
            for (int window = 0; window < 20; window++) {
                first.offer(one.parties.batch(window, "root", "root"));
                second.offer(one.parties.batch(window, "root", "root"));
            }
            assertThat(await(first, 20)).allMatch(Web3jPublishTest::isRecorded);
            assertThat(await(second, 20)).allMatch(Web3jPublishTest::isRecorded);
            assertThat(one.published()).hasSize(40);
        }
    }

    @Test
    void offer_twoHundredWindowsAtOnce_eachIsAcceptedExactlyOnce() throws IOException {
        try (OneRoom one = new OneRoom(AnvilChain.start());
                PublishClient client = new PublishClient(one.connect(1), WIDE, () -> {})) {
            for (int window = 0; window < 200; window++) {
                client.offer(one.parties.hourly(window, "root"));
            }
            List<PublishResult> results = await(client, 200);

            assertThat(results)
                    .hasSize(200)
                    .allSatisfy(
                            result ->
                                    assertThat(result.outcomes())
                                            .hasOnlyElementsOfType(PublishOutcome.Accepted.class));
            Set<Long> starts = new HashSet<>();
            for (RoomEvent.Published published : one.published()) {
                assertThat(starts.add(published.start())).isTrue();
            }
            assertThat(starts).hasSize(200);
            // Windows of two epochs: one charge each.
            try (LedgerContract ledger = one.chain.ledger(TestRoom.approver(0))) {
                assertThat(ledger.grant(TestRoom.dataset(0), one.location.contract()).spent())
                        .isEqualTo(2 * TestRoom.CHARGE);
            }
        }
    }

    /** The lowest of many is gone from the pool: all others wait for its number. */
    @Test
    void offer_gapBelowTheOthers_isFilled() throws IOException {
        try (OneRoom one = new OneRoom(AnvilChain.start());
                PublishClient client = new PublishClient(one.connect(1), IMPATIENT, () -> {})) {
            one.chain.setMining(false);
            client.offer(one.parties.hourly(0, "root"));
            Await.until("one in flight", DEADLINE, () -> client.status().inFlight() == 1);
            one.chain.anvil().dropAll();
            for (int window = 1; window < 5; window++) {
                client.offer(one.parties.hourly(window, "root"));
            }
            one.chain.setMining(true);
            assertThat(await(client, 5)).allMatch(Web3jPublishTest::isRecorded);
            assertThat(one.published()).hasSize(5);
        }
    }

    @Test
    void offer_feesRiseUnderWay_isOutbid() throws IOException {
        try (OneRoom one = new OneRoom(AnvilChain.start());
                PublishClient client = new PublishClient(one.connect(1), IMPATIENT, () -> {})) {
            one.chain.setMining(false);
            for (int window = 0; window < 4; window++) {
                client.offer(one.parties.hourly(window, "root"));
            }
            Await.until("all in flight", DEADLINE, () -> client.status().inFlight() == 4);
            one.chain.anvil().setNextBaseFee(90_000_000_000L);
            one.chain.setMining(true);
            assertThat(await(client, 4)).allMatch(Web3jPublishTest::isRecorded);
            assertThat(one.published()).hasSize(4);
        }
    }

    /** An active room on a chain of its own. */
    private static final class OneRoom implements AutoCloseable {

        private final AnvilChain chain;
        private final RoomLocation location;
        private final TestRoom parties;

        OneRoom(AnvilChain chain) throws IOException {
            this.chain = chain;
            RoomConfiguration configuration = TestRoom.configuration(1, chain.ledger());
            location = chain.locate(configuration);
            parties = new TestRoom(location, configuration);
            try (RoomContract room = chain.room(location)) {
                parties.activate(room, chain);
            }
        }

        RoomContract connect(int account) {
            return chain.room(location, chain.anvil().signer(account));
        }

        List<RoomEvent.Published> published() throws IOException {
            List<RoomEvent.Published> published = new ArrayList<>();
            try (RoomContract room = connect(9)) {
                for (RoomEvent event : room.events(0, room.headBlock())) {
                    if (event instanceof RoomEvent.Published one) {
                        published.add(one);
                    }
                }
            }
            return published;
        }

        @Override
        public void close() throws IOException {
            chain.close();
        }
    }

    private static boolean isRecorded(PublishResult result) {
        return result.outcomes().stream()
                .allMatch(
                        outcome ->
                                outcome instanceof PublishOutcome.Accepted
                                        || outcome instanceof PublishOutcome.AlreadyThere);
    }

    private static List<PublishResult> await(PublishClient client, int count) {
        List<PublishResult> results = new ArrayList<>();
        Await.until(
                count + " results",
                DEADLINE,
                () -> {
                    results.addAll(client.poll());
                    return results.size() >= count;
                });
        return results;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
