package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.ChainOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publish client against a real chain that goes away, and two nodes with keys of their own. */
final class Web3jPublishTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final PublishOptions FAST =
            new PublishOptions(
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    Duration.ofMillis(20),
                    Duration.ofSeconds(5),
                    8);

    @Test
    void offer_chainRestarts_isPublishedInTheEnd(@TempDir Path directory) throws IOException {
        ChainOptions options =
                ChainOptions.defaults()
                        .withPort(freePort())
                        .withStateFile(directory.resolve("chain.json"));
        RoomLocation location;
        ChainSigner sender;
        try (Anvil anvil = Anvil.start(options)) {
            sender = anvil.signer(1);
            location =
                    RoomDeployer.deploy(
                            anvil.chain().rpcUrl(), anvil.signer(0), TestRoom.configuration(1));
            try (Web3jRoom room =
                    Web3jRoom.connect(RoomEndpoint.of(anvil.chain().rpcUrl(), location, sender))) {
                new TestRoom(location, 1).approveAll(room);
            }
        }
        String rpcUrl = "http://127.0.0.1:" + options.port();
        TestRoom parties = new TestRoom(location, 1);
        Web3jRoom room = Web3jRoom.connect(RoomEndpoint.of(rpcUrl, location, sender));
        try (PublishClient client = new PublishClient(room, FAST, () -> {})) {
            client.offer(parties.hourly(0, "root"));
            Await.until("a retry", DEADLINE, () -> client.status().lastRetry().isPresent());
            try (Anvil again = Anvil.start(options)) {
                assertThat(again.chain().rpcUrl()).isEqualTo(rpcUrl);
                assertThat(await(client, 1)).hasSize(1);
                ReleaseOffer offer = parties.hourly(0, "root");
                assertThat(room.releaseHash(offer.query(), offer.start()))
                        .contains(offer.releaseHash());
            }
        }
    }

    @Test
    void offer_twoNodesPublishTheSame_bothFinishAndOneHashStands() throws IOException {
        try (Anvil anvil = Anvil.start(ChainOptions.defaults())) {
            RoomLocation location =
                    RoomDeployer.deploy(
                            anvil.chain().rpcUrl(), anvil.signer(0), TestRoom.configuration(1));
            TestRoom parties = new TestRoom(location, 1);
            Web3jRoom one =
                    Web3jRoom.connect(
                            RoomEndpoint.of(anvil.chain().rpcUrl(), location, anvil.signer(1)));
            Web3jRoom two =
                    Web3jRoom.connect(
                            RoomEndpoint.of(anvil.chain().rpcUrl(), location, anvil.signer(2)));
            parties.approveAll(one);
            try (PublishClient first = new PublishClient(one, FAST, () -> {});
                    PublishClient second = new PublishClient(two, FAST, () -> {})) {
                for (int window = 0; window < 20; window++) {
                    first.offer(parties.hourly(window, "root"));
                    second.offer(parties.hourly(window, "root"));
                }
                assertThat(await(first, 20)).allMatch(Web3jPublishTest::isRecorded);
                assertThat(await(second, 20)).allMatch(Web3jPublishTest::isRecorded);
                assertThat(one.events(0, one.headBlock()))
                        .filteredOn(RoomEvent.Published.class::isInstance)
                        .hasSize(20);
            }
        }
    }

    private static boolean isRecorded(PublishResult result) {
        return result.outcome() instanceof PublishOutcome.Accepted
                || result.outcome() instanceof PublishOutcome.AlreadyThere;
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
