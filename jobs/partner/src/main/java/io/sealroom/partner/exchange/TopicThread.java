package io.sealroom.partner.exchange;

import io.sealroom.partner.exit.AgentException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/** A thread that polls one consumer until it is closed, and then closes the consumer. */
final class TopicThread implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration HANDLER_PATIENCE = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Handler handler;
    private final Consumer<AgentException> failed;
    private final Thread thread;
    private volatile boolean closed;

    /** What is done with each poll that brought something. */
    interface Handler {
        void handle(KafkaConsumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records)
                throws AgentException, InterruptedException;
    }

    /**
     * @param failed told once, if the thread cannot go on
     */
    TopicThread(
            String name,
            KafkaConsumer<byte[], byte[]> consumer,
            Handler handler,
            Consumer<AgentException> failed) {
        this.consumer = consumer;
        this.handler = handler;
        this.failed = failed;
        this.thread = new Thread(this::run, name);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    handler.handle(consumer, records);
                }
            }
        } catch (WakeupException | InterruptException | InterruptedException e) {
            // Closing: nobody else does either.
        } catch (AgentException e) {
            failed.accept(e);
        } catch (KafkaException e) {
            failed.accept(
                    AgentException.unavailable(e, "%s: Kafka fails: %s", thread.getName(), e));
        } catch (RuntimeException | Error e) {
            // Only the type: the message may quote what was read. Silence would leave the agent
            // waiting for a thread that is gone.
            failed.accept(
                    AgentException.unavailable(
                            e, "%s: ended by %s", thread.getName(), e.getClass().getName()));
        }
    }

    /** Ends the thread and waits for it: a poll at once, a handler after a while. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(HANDLER_PATIENCE.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(HANDLER_PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
