package io.sealroom.partner.input;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.metrics.AgentMetrics;
import io.sealroom.schemas.hash.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A raw topic of the partner, shared by a consumer group. Two threads: this one polls and commits
 * and never waits for anything else, or the group would take its partitions away; the other hands
 * records to the sink, which may make it wait for long.
 */
public final class RawTopicFeed implements EventFeed {

    private static final Logger LOG = LoggerFactory.getLogger(RawTopicFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final EventIntake intake;
    private final OffsetCommits commits;
    private final int inFlightMax;
    private final OffsetTracker tracker = new OffsetTracker();

    /** At most {@link #inFlightMax} and the records of one poll. */
    private final BlockingQueue<Taken> waiting = new LinkedBlockingQueue<>();

    private final Thread sender = new Thread(this::sendAll, "partner-input");
    private volatile boolean stopped;

    /**
     * A record that was read and not handed on yet.
     *
     * @param value null if it is too long
     */
    private record Taken(OffsetTracker.Ticket ticket, String place, @Nullable Bytes value) {

        /** The place only: the rest says something about a person. */
        @Override
        public String toString() {
            return "Taken[" + place + "]";
        }
    }

    /**
     * @param consumer of the partner's own cluster, that commits nothing by itself; closed when the
     *     feed ends
     * @param inFlightMax most records read and not settled, give or take one poll
     */
    public RawTopicFeed(
            String topic,
            Consumer<byte[], byte[]> consumer,
            EventSink sink,
            RejectLog rejects,
            AgentMetrics metrics,
            int inFlightMax) {
        this(topic, consumer, sink, rejects, metrics, inFlightMax, COMMIT_PAUSE);
    }

    RawTopicFeed(
            String topic,
            Consumer<byte[], byte[]> consumer,
            EventSink sink,
            RejectLog rejects,
            AgentMetrics metrics,
            int inFlightMax,
            Duration commitPause) {
        this.topic = topic;
        this.consumer = consumer;
        this.intake = new EventIntake(sink, rejects, metrics);
        this.inFlightMax = inFlightMax;
        this.commits = new OffsetCommits(consumer, tracker, rejects, commitPause);
        this.sender.setDaemon(true);
    }

    @Override
    public void run() throws AgentException {
        sender.start();
        try {
            requireTopic();
            consumer.subscribe(
                    List.of(topic),
                    new GroupMembership(consumer, tracker, commits, this::forgetGivenUp));
            while (!stopped) {
                take();
                pauseOrResume();
                intake.requireNoFailure();
                commits.commitIfDue();
            }
        } catch (OffsetOutOfRangeException | NoOffsetForPartitionException e) {
            throw AgentException.unavailable(
                    e,
                    "records of %s are gone that were not read yet (%s): if that is meant, reset the"
                            + " offsets of the consumer group",
                    topic,
                    e.getMessage());
        } catch (FencedInstanceIdException e) {
            throw AgentException.unavailable(
                    e,
                    "another agent has taken the place of this one in the consumer group that reads"
                            + " %s",
                    topic);
        } catch (KafkaException e) {
            throw AgentException.unavailable(e, "the raw topic %s fails: %s", topic, e);
        } finally {
            close();
        }
        intake.requireNoFailure();
    }

    @Override
    public void stop() {
        stopped = true;
    }

    /** A sender that waits for long would otherwise keep what every rebalance brings again. */
    private void forgetGivenUp() {
        waiting.removeIf(taken -> !tracker.isOurs(taken.ticket()));
    }

    /** Records read and not handed on yet. */
    int waiting() {
        return waiting.size();
    }

    private void requireTopic() throws AgentException {
        if (consumer.partitionsFor(topic).isEmpty()) {
            throw AgentException.unavailable(null, "the raw topic %s does not exist", topic);
        }
    }

    private void take() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            waiting.add(
                    new Taken(
                            tracker.begin(
                                    new TopicPartition(record.topic(), record.partition()),
                                    record.offset()),
                            record.partition() + "," + record.offset(),
                            bounded(record.value())));
        }
    }

    /** A record without a value is no event either, and rejected as an empty line would be. */
    private static @Nullable Bytes bounded(byte @Nullable [] value) {
        if (value == null) {
            return Bytes.EMPTY;
        }
        return value.length > JsonEventLines.LENGTH_MAX ? null : Bytes.of(value);
    }

    /** Partitions that come with a rebalance are not paused: asked for anew each time. */
    private void pauseOrResume() {
        if (tracker.inFlight() >= inFlightMax) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
    }

    private void sendAll() {
        try {
            while (true) {
                Taken taken = waiting.take();
                if (tracker.isOurs(taken.ticket())) {
                    intake.take(taken.place(), taken.value(), () -> tracker.finish(taken.ticket()));
                }
            }
        } catch (InterruptedException e) {
            // Stopped: what was not handed on is read again by the next.
        } catch (RuntimeException e) {
            intake.failure()
                    .complete(AgentException.unavailable(e, "events can no longer be sent: %s", e));
        }
    }

    /** Finishes what is in flight, within bounds, so that the next run reads little again. */
    private void close() throws AgentException {
        boolean interrupted = Thread.interrupted();
        sender.interrupt();
        try {
            if (intake.failure().getNow(null) == null
                    && !intake.inFlight().awaitNone(LinesFeed.STOP_WAIT)) {
                LOG.warn("{} records are not acknowledged", intake.inFlight().count());
            }
            commits.commit();
        } catch (KafkaException e) {
            LOG.warn("the last offsets of {} were not committed", topic, e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_WAIT));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
