package io.sealroom.partner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.local.parts.Await;
import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.EventRejectReason;
import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.kit.SendOutcome;
import io.sealroom.partner.metrics.AgentMetrics;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LinesFeedTest {

    private final PipedOutputStream writer = new PipedOutputStream();
    private final InputStream in = new PipedInputStream(writer, 1 << 16);
    private final Path rejects;
    private final RejectLog log;

    LinesFeedTest(@TempDir Path directory) throws Exception {
        rejects = directory.resolve("rejects.csv");
        log = RejectLog.ofLines(rejects);
    }

    @Test
    void run_linesAsTheyCome_areSentAtOnceAsTheySay() throws Exception {
        ScriptedSink sink = ScriptedSink.acknowledging();
        CompletableFuture<Void> run = start(feed(sink));

        write(
                "{\"eventId\":\"c1\",\"idType\":\"phone\",\"identifier\":\"1\",\"timestamp\":5,"
                        + "\"kind\":\"conversion\",\"value\":7}\n");
        Await.until("event", Duration.ofSeconds(10), () -> sink.events().size() == 1);

        assertThat(run).isNotDone();
        assertThat(sink.events())
                .containsExactly(
                        new RawEvent(
                                "c1",
                                IdentifierKind.PHONE,
                                "1",
                                5,
                                EventKind.CONVERSION,
                                null,
                                7L));
        writer.close();
        run.get(10, TimeUnit.SECONDS);
    }

    @Test
    void run_endOfInput_waitsForWhatIsInFlight() throws Exception {
        ScriptedSink sink = ScriptedSink.waiting();
        CompletableFuture<Void> run = start(feed(sink));
        write(view("e1") + view("e2"));
        writer.close();
        Await.until("events", Duration.ofSeconds(10), () -> sink.events().size() == 2);
        sink.answer(1, new SendOutcome.AlreadySent());
        assertGoesOn(run);

        sink.answer(0, new SendOutcome.Sent(0, 1));
        run.get(10, TimeUnit.SECONDS);
    }

    @Test
    void run_refusedHereOrBySink_isListedWithLineFieldAndReason() throws Exception {
        ScriptedSink sink =
                new ScriptedSink(
                        event ->
                                CompletableFuture.completedFuture(
                                        event.eventId().equals("late")
                                                ? new SendOutcome.Rejected(
                                                        EventField.EVENT_TIME,
                                                        EventRejectReason.LATE)
                                                : new SendOutcome.Sent(0, 0)));
        String lines =
                view("e1")
                        + "nonsense\n"
                        + view("late")
                        + view("e2").replace("view", "seen")
                        + "x".repeat(JsonEventLines.LENGTH_MAX + 1)
                        + "\n";
        new LinesFeed(
                        new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                        sink,
                        log,
                        metrics())
                .run();

        assertThat(Files.readAllLines(rejects))
                .containsExactly(
                        "line,field,reason",
                        "2,,LINE_MALFORMED",
                        "3,timestamp,LATE",
                        "4,kind,KIND_UNKNOWN",
                        "5,,LINE_TOO_LONG");
        assertThat(sink.eventIds()).containsExactly("e1", "late");
    }

    @Test
    void stop_whileTheInputIsSilent_finishesWhatIsInFlightAndEnds() throws Exception {
        ScriptedSink sink = ScriptedSink.waiting();
        EventFeed feed = feed(sink);
        CompletableFuture<Void> run = start(feed);
        write(view("e1"));
        Await.until("event", Duration.ofSeconds(10), () -> sink.events().size() == 1);

        feed.stop();
        feed.stop();
        assertGoesOn(run);
        sink.answer(0, new SendOutcome.Sent(0, 0));

        run.get(10, TimeUnit.SECONDS);
    }

    @Test
    void stop_whileTheSinkWaits_endsWithoutTheEvent() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        EventSink full =
                event -> {
                    blocked.countDown();
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("never");
                };
        EventFeed feed = feed(full);
        CompletableFuture<Void> run = start(feed);
        write(view("e1"));
        assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();

        feed.stop();

        run.get(10, TimeUnit.SECONDS);
    }

    @Test
    void run_sinkFails_endsWithItsReason() throws Exception {
        ScriptedSink sink = ScriptedSink.waiting();
        CompletableFuture<Void> run = start(feed(sink));
        write(view("e1"));
        Await.until("event", Duration.ofSeconds(10), () -> sink.events().size() == 1);

        sink.fail(0, AgentException.alarm("somebody else wrote"));

        assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.ALARM));
    }

    @Test
    void run_inputBreaks_isUnavailable() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int count) throws IOException {
                        throw new IOException("gone");
                    }
                };
        assertThatThrownBy(
                        () ->
                                new LinesFeed(broken, ScriptedSink.acknowledging(), log, metrics())
                                        .run())
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("the input cannot be read on");
    }

    /** Would have ended by now, if it did not wait. */
    private static void assertGoesOn(CompletableFuture<Void> run) {
        assertThatThrownBy(() -> run.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
    }

    private EventFeed feed(EventSink sink) {
        return new LinesFeed(in, sink, log, metrics());
    }

    private static AgentMetrics metrics() {
        return new AgentMetrics(new PrometheusRegistry(), "test");
    }

    private static CompletableFuture<Void> start(EventFeed feed) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        feed.run();
                    } catch (AgentException e) {
                        throw new CompletionException(e);
                    }
                });
    }

    private void write(String text) throws IOException {
        writer.write(text.getBytes(StandardCharsets.UTF_8));
        writer.flush();
    }

    private static String view(String eventId) {
        return "{\"eventId\":\"%s\",\"idType\":\"email\",\"identifier\":\"a@b\",\"timestamp\":5,\"kind\":\"view\",\"cell\":\"news\"}\n"
                .formatted(eventId);
    }
}
