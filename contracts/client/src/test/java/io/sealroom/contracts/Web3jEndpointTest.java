package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint before a real chain that answers what no chain does. */
final class Web3jEndpointTest extends RoomFixture {

    private static final String NOT_A_NUMBER = "\"nonsense\"";

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static AnvilChain chain;

    private TestingEndpoint endpoint;
    private RoomContract client;
    private WindowOffer offer;

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

    @BeforeEach
    void connect() throws IOException {
        activate();
        endpoint = TestingEndpoint.before(chain.rpcUrl());
        client =
                Web3jRoom.connect(
                        RoomEndpoint.of(
                                endpoint.rpcUrl(), room.location(), chain.anvil().signer(1)));
        offer = parties.hourly(0, "root");
    }

    @AfterEach
    void disconnect() {
        client.close();
        endpoint.close();
    }

    private static void assertRetry(Submission submission, RetryCause cause) {
        assertThat(submission).isInstanceOf(Submission.Settled.class);
        assertRetry(((Submission.Settled) submission).outcomes(), cause);
    }

    private static void assertRetry(List<PublishOutcome> outcomes, RetryCause cause) {
        assertThat(outcomes)
                .isNotEmpty()
                .allSatisfy(
                        outcome ->
                                assertThat(outcome)
                                        .isInstanceOfSatisfying(
                                                PublishOutcome.Retry.class,
                                                retry ->
                                                        assertThat(retry.cause())
                                                                .isEqualTo(cause)));
    }

    // Fees and numbers.

    private long numbersUsed() throws IOException {
        try (ChainEndpoint direct = new ChainEndpoint(chain.rpcUrl(), Duration.ofSeconds(10))) {
            return direct.transactionCount(chain.anvil().signer(1).account(), true)
                    .longValueExact();
        }
    }

    /** Whatever the endpoint says to a replacement, what it replaces may get into a block. */
    @Test
    void offer_replacementRefused_keepsTheTransaction() throws IOException {
        chain.setMining(false);
        long before = numbersUsed();
        PublishOptions impatient =
                new PublishOptions(
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(5),
                        Duration.ofMillis(50),
                        4);
        try (PublishClient publisher = new PublishClient(client, impatient, () -> {})) {
            publisher.offer(offer);
            Await.until("in flight", DEADLINE, () -> publisher.status().inFlight() == 1);
            endpoint.error(
                    "eth_sendRawTransaction", "{\"code\":-32000,\"message\":\"txpool is full\"}");
            chain.mineWithoutTransactions();
            Await.until("retries", DEADLINE, () -> publisher.status().retries() > 2);
            assertThat(publisher.status().inFlight()).isEqualTo(1);
            endpoint.beHonest();
            int sends = endpoint.asked("eth_sendRawTransaction");
            chain.mineWithoutTransactions();
            Await.until(
                    "another send",
                    DEADLINE,
                    () -> endpoint.asked("eth_sendRawTransaction") > sends);
            assertThat(numbersUsed()).isEqualTo(before + 1);
            chain.setMining(true);
            Await.until("the result", DEADLINE, () -> !publisher.poll().isEmpty());
        }
    }

    /** As long as there are no blocks, the fee is not why it is in none. */
    @Test
    void resubmit_noBlockSince_isTheSameTransaction() throws IOException {
        chain.setMining(false);
        Word transaction = sent(client.submit(offer));
        int sends = endpoint.asked("eth_sendRawTransaction");
        assertThat(sent(client.resubmit(offer))).isEqualTo(transaction);
        assertThat(endpoint.asked("eth_sendRawTransaction")).isEqualTo(sends);

        chain.mineWithoutTransactions();
        assertThat(sent(client.resubmit(offer))).isNotEqualTo(transaction);
    }

    @Test
    void submit_chainAsksForMoreThanAllowed_waits() throws IOException {
        RoomEndpoint modest =
                RoomEndpoint.of(endpoint.rpcUrl(), room.location(), chain.anvil().signer(1))
                        .withMaxFee(BigInteger.valueOf(40_000_000_000L));
        try (RoomContract thrifty = Web3jRoom.connect(modest)) {
            chain.anvil().setNextBaseFee(60_000_000_000L);
            chain.mine(1);
            assertThat(thrifty.publish(offer))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            PublishOutcome.Retry.class,
                            retry -> {
                                assertThat(retry.cause()).isEqualTo(RetryCause.UNDERPRICED);
                                assertThat(retry.detail())
                                        .contains("gwei per gas, above the 40 that may be paid");
                            });
            // Below the bound, though twice the base fee is not.
            chain.anvil().setNextBaseFee(30_000_000_000L);
            chain.mine(1);
            assertThat(thrifty.publish(offer)).hasOnlyElementsOfType(PublishOutcome.Accepted.class);
        } finally {
            chain.anvil().setNextBaseFee(1_000_000_000L);
            chain.mine(1);
        }
    }

    @Test
    void action_broughtAgainUnderWay_replacesIt() throws IOException {
        long epoch = TestRoom.FIRST_EPOCH + 1;
        Signature signature = parties.leave(0, epoch);
        RoomEndpoint hasty =
                new RoomEndpoint(
                        endpoint.rpcUrl(),
                        room.location(),
                        Optional.of(chain.anvil().signer(1)),
                        Duration.ofSeconds(2));
        try (RoomContract client = Web3jRoom.connect(hasty)) {
            chain.setMining(false);
            long before = numbersUsed();
            assertNotMined(client.leaveFrom(0, epoch, signature));
            assertNotMined(client.leaveFrom(0, epoch, signature));
            int sends = endpoint.asked("eth_sendRawTransaction");
            assertThat(sends).isEqualTo(1);
            chain.mineWithoutTransactions();
            assertNotMined(client.leaveFrom(0, epoch, signature));
            assertThat(endpoint.asked("eth_sendRawTransaction")).isEqualTo(2);
            assertThat(numbersUsed()).isEqualTo(before + 1);
        }
    }

    private static void assertNotMined(ActionOutcome outcome) {
        assertThat(outcome)
                .isEqualTo(new ActionOutcome.Retry(RetryCause.NOT_MINED, "not in a block yet"));
    }

    /** EIP-7825: what exceeds it is refused by the chain, headroom or not. */
    @Test
    void submit_hugeEstimate_staysBelowTheBoundOfATransaction() throws IOException {
        endpoint.result("eth_estimateGas", "\"0xfffff0\"");
        PublishOutcome.Accepted accepted = (PublishOutcome.Accepted) client.publish(offer).get(0);
        try (ChainEndpoint direct = new ChainEndpoint(chain.rpcUrl(), Duration.ofSeconds(10))) {
            assertThat(direct.transaction(accepted.transaction()).orElseThrow().getGas())
                    .isEqualTo(1 << 24);
        }
    }

    // Records.

    @Test
    void events_longRange_areAskedForInPieces() throws IOException {
        endpoint.result("eth_getLogs", "[]");
        int before = endpoint.asked("eth_getLogs");
        assertThat(client.events(0, 6_000)).isEmpty();
        assertThat(endpoint.asked("eth_getLogs") - before).isEqualTo(4);
    }

    /** A conflict is on record once, however far the final block is behind. */
    @Test
    void publish_sameConflictAgain_isFoundBackToTheFinalBlock() throws IOException {
        create(TestRoom.configuration(20_000, chain.ledger()));
        activate();
        room.publish(parties.hourly(0, "root"));
        WindowOffer differing = parties.hourly(0, "another root");
        assertThat(room.publish(differing)).hasOnlyElementsOfType(PublishOutcome.Conflict.class);
        long head = room.headBlock();
        // Blocks would take minutes.
        endpoint.result("eth_blockNumber", "\"0x" + Long.toHexString(head + 6_000) + "\"");
        try (RoomContract late =
                Web3jRoom.connect(
                        RoomEndpoint.of(
                                endpoint.rpcUrl(), room.location(), chain.anvil().signer(1)))) {
            assertThat(late.publish(differing))
                    .hasOnlyElementsOfType(PublishOutcome.Conflict.class);
        }
        assertThat(room.headBlock()).isEqualTo(head);
    }

    // Nonsense.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eth_chainId",
                "eth_getCode",
                "eth_call",
                "eth_estimateGas",
                "eth_getTransactionCount",
                "eth_maxPriorityFeePerGas",
                "eth_getBlockByNumber",
                "eth_sendRawTransaction",
            })
    void submit_nonsense_isARetry(String method) {
        for (String nonsense : List.of("null", NOT_A_NUMBER, "{}", "[]")) {
            endpoint.result(method, nonsense);
            assertRetry(client.publish(offer), RetryCause.ENDPOINT_AWAY);
        }
        endpoint.beHonest();
        assertThat(client.publish(offer).get(0))
                .isInstanceOfAny(PublishOutcome.Accepted.class, PublishOutcome.AlreadyThere.class);
    }

    @Test
    void outcome_nonsense_isARetry() {
        Word transaction = sent(client.submit(offer));
        for (String nonsense :
                List.of(
                        NOT_A_NUMBER,
                        "{}",
                        "{\"status\":\"ok\",\"blockNumber\":\"0x1\"}",
                        "{\"status\":\"0x1\",\"blockNumber\":\"0x1\"}",
                        "{\"status\":\"0x1\",\"blockNumber\":\"0x1\",\"logs\":[{}]}")) {
            endpoint.result("eth_getTransactionReceipt", nonsense);
            assertThat(client.outcome(offer, transaction))
                    .as(nonsense)
                    .hasOnlyElementsOfType(PublishOutcome.Retry.class);
        }
        endpoint.beHonest();
        assertThat(client.outcome(offer, transaction))
                .hasOnlyElementsOfType(PublishOutcome.Accepted.class);
    }

    /** No outcome for some release is not that nothing is left to do for it. */
    @Test
    void submit_notAnOutcomeForEachRelease_isARetry() throws IOException {
        room.publish(offer);
        for (String results :
                List.of(
                        "",
                        word(32) + word(0),
                        word(32) + word(2) + word(1) + word(1),
                        word(32) + word(1) + word(9))) {
            endpoint.beHonest();
            client.verify();
            endpoint.result("eth_call", "\"0x" + results + "\"");
            assertRetry(client.submit(offer), RetryCause.ENDPOINT_AWAY);
        }
    }

    private static String word(int number) {
        return String.format("%064x", number);
    }

    /** Hex in an error that is not of a revert, and a revert that no contract here has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'code':-32000,'message':'upstream timed out','data':{'requestId':'0x1234567890ab'}}",
                "{'code':3,'message':'execution reverted','data':'0x1234567890ab'}",
            })
    void submit_errorThatIsNotTheContracts_isARetry(String error) throws IOException {
        client.verify();
        endpoint.error("eth_call", error.replace('\'', '"'));
        assertRetry(client.submit(offer), RetryCause.ENDPOINT_AWAY);
        assertThat(parties.approve(client, 0))
                .isInstanceOfSatisfying(
                        ActionOutcome.Retry.class,
                        retry -> assertThat(retry.cause()).isEqualTo(RetryCause.ENDPOINT_AWAY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eth_blockNumber|null",
                "eth_blockNumber|\"nonsense\"",
                "eth_getLogs|null",
                "eth_getLogs|[{}]",
            })
    void events_nonsense_throws(String method, String nonsense) {
        endpoint.result(method, nonsense);
        assertThatThrownBy(() -> client.events(0, client.headBlock()))
                .isInstanceOf(IOException.class);
    }
}
