package io.sealroom.partner;

import static io.sealroom.partner.room.TestRoom.START;
import static io.sealroom.schemas.record.IdentifierKind.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.config.TokensConfig;
import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.kit.BlindedEventProducer;
import io.sealroom.partner.kit.SendOutcome;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.tokenise.BulkResult;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.RoomTopics;
import io.sealroom.partner.topic.TopicRecords;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.oprf.JointKey;
import io.sealroom.privacy.oprf.OprfInput;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything a partner runs, put together as in earnest but for the chain. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class WholePartnerITCase {

    private static final String HEADER = "event_id,id_type,identifier,timestamp,kind,cell,value\n";
    private static final long SECONDS_MAX = 40;

    private final LocalKafka kafka;

    WholePartnerITCase() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    void stopBroker() {
        kafka.close();
    }

    /** Cached identifiers go on while the other partner is away, new ones wait for it. */
    @Test
    void producer_otherPartnerAwayAndBack_losesNothingAndMeetsInTheSameTokens(
            @TempDir Path directory) throws Exception {
        TestRoom room = created(TestRoom.liveEpochs("whole-live", 2), directory);
        Clock clock =
                Clock.offset(
                        Clock.systemUTC(),
                        Duration.ofMillis(START + 1_000 - System.currentTimeMillis()));
        Files.writeString(directory.resolve("advertiser.csv"), HEADER);
        AgentConfig advertiser =
                TestAgent.config(directory, kafka.bootstrapServers(), "advertiser", clock);
        AgentConfig publisher = producerConfig(directory, clock);

        try (TestAgent other = TestAgent.start(advertiser, new RunObserver() {});
                BlindedEventProducer producer = BlindedEventProducer.open(publisher)) {
            assertThat(await(producer.send(view("one", "ann@example.org", clock))))
                    .isInstanceOf(SendOutcome.Sent.class);
            other.stop();
            other.awaitEnd();
        }
        CompletableFuture<SendOutcome> fresh;
        try (BlindedEventProducer producer = BlindedEventProducer.open(publisher)) {
            assertThat(await(producer.send(view("one", "ann@example.org", clock))))
                    .isEqualTo(new SendOutcome.AlreadySent());
            fresh = producer.send(view("two", "bob@example.org", clock));
            assertThat(await(producer.send(view("three", " Ann@Example.ORG", clock))))
                    .isInstanceOf(SendOutcome.Sent.class);
            assertThat(fresh).isNotDone();
            try (TestAgent back = TestAgent.start(advertiser, new RunObserver() {})) {
                assertThat(await(fresh)).isInstanceOf(SendOutcome.Sent.class);
                back.stop();
                back.awaitEnd();
            }
        }

        Token ann = token(room, "ann@example.org");
        Token bob = token(room, "bob@example.org");
        assertThat(sent(room))
                .extracting(event -> event.tokens().get(0))
                .containsExactlyInAnyOrder(ann, ann, bob);
    }

    @Test
    void tokenise_thenRun_asksTheOthersForNothingAgain(@TempDir Path directory) throws Exception {
        TestRoom room = created(TestRoom.file("whole-file"), directory);
        StringBuilder base = new StringBuilder("id_type,identifier\n");
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 70; i++) {
            base.append("email,person%d@example.org%n".formatted(i));
            rows.append(
                    "e%d,email,person%d@example.org,%d,view,news,%n"
                            .formatted(i, i, START + 60_000L * i));
        }
        Files.writeString(directory.resolve("base.csv"), base);
        Files.writeString(directory.resolve("publisher.csv"), rows);
        Files.writeString(directory.resolve("advertiser.csv"), HEADER);
        AgentConfig publisher =
                TestAgent.config(
                        directory, kafka.bootstrapServers(), "publisher", Clock.systemUTC());

        try (TestAgent advertiser =
                TestAgent.start(
                        TestAgent.config(
                                directory,
                                kafka.bootstrapServers(),
                                "advertiser",
                                Clock.systemUTC()),
                        new RunObserver() {})) {
            BulkResult first = tokenise(room, publisher, directory);
            assertThat(first.asked()).isEqualTo(70);
            long requests = requests(room);
            assertThat(requests).isPositive();
            assertThat(tokenise(room, publisher, directory).known()).isEqualTo(70);

            try (TestAgent agent = TestAgent.start(publisher, new RunObserver() {})) {
                agent.awaitDone();
                assertThat(requests(room)).isEqualTo(requests);
            }
            advertiser.stop();
        }

        assertThat(sent(room))
                .extracting(event -> event.tokens().get(0))
                .hasSize(70)
                .doesNotHaveDuplicates()
                .contains(token(room, "person69@example.org"));
        try (Stream<Path> kept = Files.walk(directory.resolve("state"))) {
            // Everything is sealed: nothing more is ever sent under these tokens.
            assertThat(kept.filter(file -> file.toString().endsWith(".tokens"))).isEmpty();
        }
    }

    private static BulkResult tokenise(TestRoom room, AgentConfig config, Path directory)
            throws Exception {
        return new TokeniseRun(
                        config,
                        new TokeniseRun.Base(
                                directory.resolve("base.csv"),
                                directory.resolve("base-rejects.csv"),
                                room.policy().firstEpoch()))
                .run(progress -> {}, waits -> {});
    }

    private AgentConfig producerConfig(Path directory, Clock clock) {
        AgentConfig c =
                TestAgent.withInput(
                        TestAgent.config(directory, kafka.bootstrapServers(), "publisher", clock),
                        new InputConfig.None());
        return new AgentConfig(
                c.policy(),
                c.room(),
                c.keys(),
                c.seed(),
                c.chain(),
                c.kafka(),
                c.partner(),
                c.state(),
                c.input(),
                c.stay(),
                c.stopOnStdinClose(),
                new TokensConfig(Duration.ofSeconds(1), 8, 1_000, true),
                c.metricsPort(),
                c.producerBuffer(),
                c.retryTimes(),
                c.intervals(),
                c.clock());
    }

    private TestRoom created(TestRoom room, Path directory) throws Exception {
        room.write(directory);
        KafkaClients clients = new KafkaClients(kafka.bootstrapServers(), Map.of());
        try (Admin admin = clients.admin()) {
            RoomTopics.create(admin, room.policy(), (short) 1);
        }
        return room;
    }

    private static RawEvent view(String eventId, String email, Clock clock) {
        return RawEvent.view(eventId, EMAIL, email, clock.millis(), "news");
    }

    private static SendOutcome await(CompletableFuture<SendOutcome> outcome) throws Exception {
        return outcome.get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static Token token(TestRoom room, String email) {
        NormalisationOutcome outcome =
                IdentifierNormaliser.forRegion(room.policy().region()).normalise(EMAIL, email);
        return JointKey.token(
                List.of(room.shares("publisher"), room.shares("advertiser")),
                OprfInput.of(
                        room.policy().room(),
                        room.policy().firstEpoch(),
                        ((NormalisationOutcome.Normalised) outcome).identifier()));
    }

    private long requests(TestRoom room) {
        String topic = room.policy().room() + ".oprf.requests.advertiser";
        return TopicRecords.committed(kafka.bootstrapServers(), topic, 0).size();
    }

    private List<BlindedEvent> sent(TestRoom room) {
        String topic = room.policy().room() + ".events.publisher";
        List<BlindedEvent> events = new ArrayList<>();
        for (int partition = 0; partition < 2; partition++) {
            for (byte[] value :
                    TopicRecords.committed(kafka.bootstrapServers(), topic, partition)) {
                Codecs.BLINDED_EVENT.decode(value).toOptional().ifPresent(events::add);
            }
        }
        return events;
    }
}
