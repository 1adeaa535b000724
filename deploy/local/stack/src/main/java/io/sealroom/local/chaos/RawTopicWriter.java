package io.sealroom.local.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A partner's own systems: events of now, at a steady rate, on the partner's raw topic. Some are
 * written twice, as sources do, and some name a cell that the policy does not have.
 */
final class RawTopicWriter implements AutoCloseable {

    static final int PERSONS = 240;

    private static final int OVERLAP = PERSONS / 2;
    private static final long PAUSE_MILLIS = 25;
    private static final int ONE_IN_TWICE = 50;
    private static final int ONE_IN_BAD = 100;
    private static final int ONE_IN_CLICKS = 4;
    private static final int VALUE_MAX = 9_000;
    private static final List<String> CELLS = List.of("news", "sports", "weather");

    /** As long as a broker may be away, and longer. */
    private static final String PATIENCE_MILLIS = "900000";

    private final String partner;
    private final Random random;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::write);
    private final List<RawEvent> written = new ArrayList<>();
    private final AtomicLong acknowledgedMillis = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean ended;

    RawTopicWriter(String kafka, String partner, long seed) {
        this.partner = partner;
        this.random = new Random(seed + partner.hashCode());
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka,
                                "acks",
                                "all",
                                "enable.idempotence",
                                "true",
                                "max.block.ms",
                                PATIENCE_MILLIS,
                                "delivery.timeout.ms",
                                PATIENCE_MILLIS,
                                "reconnect.backoff.max.ms",
                                "1000"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        thread.setName("raw-" + partner);
        thread.setDaemon(true);
    }

    static String topic(String partner) {
        return "raw-" + partner;
    }

    void start() {
        thread.start();
    }

    /** When the newest event that the broker has was made, epoch milliseconds; 0 before. */
    long acknowledgedMillis() {
        return acknowledgedMillis.get();
    }

    /** Ends the writing; returns when the broker has everything. */
    void end() throws InterruptedException {
        ended = true;
        thread.join();
        producer.flush();
    }

    /** Everything that was to become an event, bad ones too, each once. */
    List<RawEvent> written() {
        return List.copyOf(written);
    }

    /** How many records the broker did not take. */
    long failed() {
        return failed.get();
    }

    private void write() {
        try {
            for (int i = 0; !ended; i++) {
                RawEvent event = event(i);
                written.add(event);
                send(event);
                if (random.nextInt(ONE_IN_TWICE) == 0) {
                    send(event);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            return;
        } catch (KafkaException e) {
            // Closed under us when the run is broken off; or a fault that must count.
            failed.incrementAndGet();
        }
    }

    private void send(RawEvent event) {
        var unused =
                producer.send(
                        new ProducerRecord<>(
                                topic(partner), event.json().getBytes(StandardCharsets.UTF_8)),
                        (metadata, exception) -> {
                            if (exception == null) {
                                acknowledgedMillis.set(event.time());
                            } else {
                                failed.incrementAndGet();
                            }
                        });
    }

    private RawEvent event(int number) {
        String id = partner + "-" + number;
        long now = System.currentTimeMillis();
        if (partner.equals(ChaosPolicy.PUBLISHER)) {
            String kind = random.nextInt(ONE_IN_CLICKS) == 0 ? "click" : "view";
            String cell =
                    random.nextInt(ONE_IN_BAD) == 0
                            ? "unknown"
                            : CELLS.get(random.nextInt(CELLS.size()));
            return new RawEvent(id, random.nextInt(PERSONS), now, kind, cell, null);
        }
        int person = PERSONS - OVERLAP + random.nextInt(PERSONS);
        return new RawEvent(id, person, now, "conversion", null, 1L + random.nextInt(VALUE_MAX));
    }

    @Override
    public void close() {
        ended = true;
        producer.close(Duration.ZERO);
    }
}
