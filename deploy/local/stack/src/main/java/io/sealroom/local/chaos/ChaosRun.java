package io.sealroom.local.chaos;

import io.sealroom.local.parts.Await;
import io.sealroom.local.stack.Console;
import io.sealroom.local.stack.LocalRoom;
import io.sealroom.local.stack.ReleaseWatch;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run, from the opening of its room to the table of recoveries. */
final class ChaosRun {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);

    /** How long the last windows may take after the room's end. */
    private static final long DRAIN_MILLIS = 180_000;

    private static final long MINUTE_MILLIS = 60_000;
    private static final int WINDOWS_A_LINE = 10;

    private final Path run;
    private final ChaosOptions options;
    private final ChaosRoom parts;
    private final List<Fault> faults;
    private final Console console;
    private final List<RawTopicWriter> writers = new ArrayList<>();

    ChaosRun(Path run, ChaosOptions options, ChaosRoom parts, List<Fault> faults, Console console) {
        this.run = run;
        this.options = options;
        this.parts = parts;
        this.faults = faults;
        this.console = console;
    }

    /** Runs it all; true if all faults happened and nothing was lost, doubled or different. */
    boolean run() throws IOException, PolicyException, InterruptedException {
        console.step("opening the room and starting the agents");
        LocalRoom room = parts.open(options.minutes);
        FlinkRest flink = parts.flink();
        Supervisor supervisor =
                parts.add(new Supervisor(flink, options.jar, parts.parts(), console));
        List<JobSpec> jobs = jobs(room);
        supervisor.start(jobs);
        Await.until("both jobs", START, () -> allRun(flink, jobs.size()));
        waitUntil(room.policy().startMillis());
        for (String partner : ChaosPolicy.PARTNERS) {
            RawTopicWriter writer =
                    parts.add(new RawTopicWriter(parts.kafka(), partner, options.seed));
            writers.add(writer);
            writer.start();
        }
        requireTime(room.policy());
        Recoveries recoveries = parts.add(recoveries(flink, jobs));
        recoveries.start();
        console.step("everything runs; the faults begin");
        parts.add(new FaultRunner(parts::part, supervisor, jobs.get(0).name(), recoveries, console))
                .start(faults);
        watch(room.policy(), recoveries);
        boolean good = new Conclusion(run, parts, room, console).compare(writers);
        report(recoveries, supervisor);
        if (!recoveries.allRecovered()) {
            console.plain("not every fault happened and was recovered from");
            return false;
        }
        return good;
    }

    /** Faults in a room that is over would show nothing. */
    private void requireTime(Policy policy) {
        long left = policy.endMillis() - System.currentTimeMillis();
        if (left < options.minutes * MINUTE_MILLIS) {
            throw new IllegalStateException(
                    String.format(
                            "starting took so long that the room ends %d s from now: the machine is"
                                    + " too busy for a run of %d minutes",
                            left / 1_000, options.minutes));
        }
    }

    private Recoveries recoveries(FlinkRest flink, List<JobSpec> jobs) {
        return new Recoveries(
                faults.size(),
                flink,
                jobs.stream().map(JobSpec::name).toList(),
                writers,
                parts::agentsAndChainAnswer,
                console);
    }

    private List<JobSpec> jobs(LocalRoom room) {
        List<String> arguments =
                List.of(
                        "--policy", room.policyFile().toString(),
                        "--room", room.roomFile().toString(),
                        "--node", ChaosPolicy.NODE,
                        "--node-keys", room.nodeKeys(ChaosPolicy.NODE).toString(),
                        "--kafka", parts.kafka());
        List<String> publish = new ArrayList<>(arguments);
        publish.addAll(List.of("--rpc", parts.rpcUrl()));
        return List.of(
                new JobSpec(
                        "clean room " + ChaosPolicy.ROOM,
                        "io.sealroom.pipeline.CleanRoomJob",
                        arguments,
                        options.parallelism,
                        run.resolve("state").resolve("clean-room"),
                        Map.of("execution.checkpointing.interval", "2 s")),
                new JobSpec(
                        "publish " + ChaosPolicy.ROOM,
                        "io.sealroom.pipeline.PublishJob",
                        publish,
                        1,
                        run.resolve("state").resolve("publish"),
                        Map.of("execution.checkpointing.interval", "1 s")));
    }

    private static boolean allRun(FlinkRest flink, int jobs) {
        try {
            return flink.jobs().stream().filter(FlinkRest.Job::runs).count() == jobs;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void waitUntil(long millis) throws InterruptedException {
        long left = millis - System.currentTimeMillis();
        if (left > 0) {
            Thread.sleep(left);
        }
    }

    /** Follows the releases to the room's end, and on until all is decided and recovered. */
    private void watch(Policy policy, Recoveries recoveries) throws InterruptedException {
        int windows = windows(policy);
        try (ReleaseWatch watch = new ReleaseWatch(parts.kafka(), policy, ChaosPolicy.NODE)) {
            int told = 0;
            while (System.currentTimeMillis() < policy.endMillis()) {
                watch.poll(POLL);
                if (watch.windows() >= told + WINDOWS_A_LINE) {
                    told = watch.windows();
                    console.step(told + " windows final on chain");
                }
            }
            for (RawTopicWriter writer : writers) {
                writer.end();
            }
            recoveries.writingEnds();
            console.step("the room is over; waiting for its last windows");
            long deadline = System.currentTimeMillis() + DRAIN_MILLIS;
            while ((watch.windows() < windows || !recoveries.allRecovered())
                    && System.currentTimeMillis() < deadline) {
                watch.poll(POLL);
            }
            console.step(String.format("%d of %d windows decided", watch.windows(), windows));
        }
    }

    private static int windows(Policy policy) {
        long length = policy.endMillis() - policy.startMillis();
        return policy.queries().stream()
                .mapToInt(query -> Math.toIntExact(length / query.windowMillis()))
                .sum();
    }

    private void report(Recoveries recoveries, Supervisor supervisor) {
        console.plain("");
        recoveries.table().forEach(console::plain);
        console.plain(
                String.format(
                        "%d faults, %d kills; jobs that failed for good: %d",
                        faults.size(), recoveries.kills(), supervisor.failures()));
        for (Part part : parts.parts()) {
            if (part.unexpectedEnds() > 0) {
                console.plain(
                        String.format(
                                "%s ended by itself %d times and was started again",
                                part.name().label(), part.unexpectedEnds()));
            }
        }
    }
}
