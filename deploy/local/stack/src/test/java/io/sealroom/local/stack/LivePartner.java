package io.sealroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.local.parts.Await;
import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.kit.BlindedEventProducer;
import io.sealroom.partner.kit.ProducerOptions;
import io.sealroom.partner.kit.ProducerParts;
import io.sealroom.partner.kit.SendOutcome;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.session.StateDirectory;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A partner with the producer kit, a clock that tests set and tokens that need nobody: the
 * identifier's hash, which is all that a node can tell of one.
 */
final class LivePartner implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final long HOUR = 3_600_000;
    private static final int EVENTS_AN_HOUR = 24;
    private static final int PERSONS = 4;

    private final Membership member;
    private final KafkaClients clients;
    private final Path state;
    private final AtomicLong now;
    private @Nullable BlindedEventProducer producer;

    LivePartner(Membership member, KafkaClients clients, Path states) throws Exception {
        Policy policy = member.policy();
        this.member = member;
        this.clients = clients;
        this.state =
                Files.createDirectories(StateDirectory.path(states, policy.room(), member.name()));
        this.now = new AtomicLong(policy.startMillis());
    }

    void start() throws Exception {
        producer =
                BlindedEventProducer.start(
                        new ProducerParts(
                                member,
                                clients,
                                state,
                                (epoch, identifier) ->
                                        CompletableFuture.completedFuture(
                                                Token.of(
                                                        Digests.sha256(identifier.openUtf8())
                                                                .toBytes())),
                                new NowClock(now),
                                new PrometheusRegistry()),
                        ProducerOptions.DEFAULT);
    }

    /**
     * Sends the events of some hours of the room, and returns when everything is sealed up to the
     * last one's end. One of the four persons is each partner's own.
     */
    void sealHours(int from, int to) throws Exception {
        BlindedEventProducer running = running();
        List<CompletableFuture<SendOutcome>> sent = new ArrayList<>();
        long start = member.policy().startMillis();
        for (int i = from * EVENTS_AN_HOUR; i < to * EVENTS_AN_HOUR; i++) {
            String person =
                    i % PERSONS == 0
                            ? member.name() + "@example.org"
                            : "person" + i % PERSONS + "@example.org";
            long time = start + i * (HOUR / EVENTS_AN_HOUR);
            sent.add(running.send(event(member.name() + i, person, time)));
        }
        long end = start + to * HOUR;
        now.set(end + 2 * member.policy().graceMillis());
        Await.until("hour " + to, DEADLINE, () -> running.sealedUntil() >= end);
        assertThat(sent)
                .allSatisfy(
                        outcome ->
                                assertThat(outcome)
                                        .succeedsWithin(DEADLINE)
                                        .isInstanceOf(SendOutcome.Sent.class));
    }

    private RawEvent event(String id, String person, long time) {
        return member.name().equals("publisher")
                ? RawEvent.view(id, IdentifierKind.EMAIL, person, time, "news")
                : new RawEvent(
                        id, IdentifierKind.EMAIL, person, time, EventKind.CONVERSION, null, 5L);
    }

    private BlindedEventProducer running() {
        if (producer == null) {
            throw new IllegalStateException("not started");
        }
        return producer;
    }

    void stop() {
        running().close();
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }

    private static final class NowClock extends Clock {
        private final AtomicLong millis;

        NowClock(AtomicLong millis) {
            this.millis = millis;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    }
}
