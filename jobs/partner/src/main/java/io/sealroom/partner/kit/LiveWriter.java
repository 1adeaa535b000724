package io.sealroom.partner.kit;

import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.EventRejectReason;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Token;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the partner's partitions: events as their tokens come, and a seal in
 * each when a slice is due and nothing of it waits. Since it is one thread, no event can land
 * between the read-back and the seal.
 *
 * <p>It ends when the buffer is closed and empty, or with its first failure: every event that is
 * not settled fails with it, and a new producer starts from where the topic stands.
 */
final class LiveWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveWriter.class);

    /** How often the clock is looked at, since it may be set while nothing else happens. */
    private static final long NAP_MILLIS = 50;

    /** Records acknowledged before they are read back: they are held in memory until then. */
    private static final int READ_BACK_RECORDS = 10_000;

    private static final SendOutcome REFUSED =
            new SendOutcome.Rejected(EventField.IDENTIFIER, EventRejectReason.TOKEN_REFUSED);

    private final Policy policy;
    private final Clock clock;
    private final ProducerOptions options;
    private final OwnTopic topic;
    private final EventBuffer buffer;
    private final EventEncoder encoder;
    private final TokenAsking asking;
    private final SliceGate gate;
    private final WriterObserver observer;
    private final WriterMetrics metrics;
    private final CompletableFuture<AgentException> failure = new CompletableFuture<>();
    private volatile long sealedUntil;
    private int notReadBack;

    LiveWriter(
            ProducerParts parts,
            ProducerOptions options,
            OwnTopic topic,
            EventBuffer buffer,
            EventEncoder encoder,
            SliceGate gate,
            WriterObserver observer,
            WriterMetrics metrics) {
        this.policy = parts.member().policy();
        this.clock = parts.clock();
        this.options = options;
        this.topic = topic;
        this.buffer = buffer;
        this.encoder = encoder;
        this.asking = new TokenAsking(parts.tokens(), encoder, buffer);
        this.gate = gate;
        this.observer = observer;
        this.metrics = metrics;
        this.sealedUntil = topic.sealedUntil();
    }

    /** Completes if the writer ends for another reason than that it was closed. */
    CompletableFuture<AgentException> failure() {
        return failure;
    }

    /** For any thread: ends the writer as if it had failed itself. */
    void fail(AgentException cause) {
        if (failure.complete(cause)) {
            buffer.fail(cause);
            buffer.giveUp();
        }
    }

    /** Until when every partition is sealed. */
    long sealedUntil() {
        return sealedUntil;
    }

    @Override
    public void run() {
        AgentException end = null;
        try {
            work();
        } catch (AgentException e) {
            end = e;
        } catch (KafkaException e) {
            end = AgentException.unavailable(e, "Kafka fails: %s", e);
        } catch (InterruptedException e) {
            end = AgentException.unavailable(e, "the writer was interrupted");
        } catch (RuntimeException | Error e) {
            end = AgentException.unavailable(e, "the writer has a fault: %s", e);
        } finally {
            try {
                topic.close();
            } finally {
                // Whatever closing does: who waits for an event must hear of the end.
                end(end);
            }
        }
    }

    private void work() throws AgentException, InterruptedException {
        while (!buffer.isFinished()) {
            buffer.awaitChange(NAP_MILLIS);
            asking.ask(buffer.takeFresh(sealedUntil + policy.maxAheadMillis()));
            asking.askAgain();
            send();
            sealIfDue();
            metrics.buffered(buffer.occupied(), asking.waiting());
            metrics.sealed(sealedUntil, clock.millis(), policy);
        }
    }

    private void end(@Nullable AgentException cause) {
        if (cause == null) {
            buffer.fail(AgentException.unavailable(null, "the producer is closed"));
        } else {
            LOG.error("the writer ends: {}", cause.getMessage(), cause);
            if (cause.exitCode() == ExitCode.ALARM) {
                metrics.alarm();
            }
            buffer.fail(cause);
            failure.complete(cause);
        }
        metrics.buffered(0, 0);
    }

    private void send() throws AgentException, InterruptedException {
        NavigableMap<Integer, Transaction> transactions = new TreeMap<>();
        for (PendingEvent event :
                buffer.takeAnswered(options.transactionRecords(), options.linger())) {
            @Nullable List<Token> tokens = asking.answer(event, REFUSED);
            if (tokens != null) {
                transactions
                        .computeIfAbsent(event.partition(), partition -> new Transaction())
                        .add(event, encoder.encode(event.event(), tokens));
            }
        }
        for (Transaction transaction : transactions.values()) {
            send(transaction);
        }
        if (notReadBack >= READ_BACK_RECORDS) {
            topic.readBack();
            notReadBack = 0;
        }
    }

    private void send(Transaction transaction) throws AgentException, InterruptedException {
        int partition = transaction.events.get(0).partition();
        List<Long> offsets = topic.append(partition, transaction.values, observer);
        metrics.transaction();
        notReadBack += offsets.size();
        for (int i = 0; i < offsets.size(); i++) {
            buffer.settle(
                    transaction.events.get(i), new SendOutcome.Sent(partition, offsets.get(i)));
        }
    }

    /** One slice at most: events that its seal brings within reach go before the next. */
    private void sealIfDue() throws AgentException, InterruptedException {
        if (sealedUntil >= policy.endMillis()) {
            return;
        }
        long to = sealedUntil + policy.sliceMillis();
        if (gate.closes(to, clock.millis())) {
            topic.seal(sealedUntil, to);
            notReadBack = 0;
            sealedUntil = to;
            gate.sealed(to);
            if (to == policy.endMillis()) {
                // No later step looks at the last seals.
                topic.readBack();
            }
        }
    }

    /** What goes to one partition together. */
    private static final class Transaction {
        private final List<PendingEvent> events = new ArrayList<>();
        private final List<byte[]> values = new ArrayList<>();

        void add(PendingEvent event, byte[] value) {
            events.add(event);
            values.add(value);
        }
    }
}
