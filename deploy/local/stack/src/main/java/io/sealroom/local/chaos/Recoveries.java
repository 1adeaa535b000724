package io.sealroom.local.chaos;

import io.sealroom.local.stack.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Measures how long the system takes to recover from each fault: until all tasks of both jobs run,
 * each job has completed a checkpoint that began after the fault was over, the broker has taken
 * events that were made after it, both agents take their input and the chain endpoint answers.
 */
final class Recoveries implements AutoCloseable {

    private static final long LOOK_MILLIS = 300;

    /** One fault and what came of it. */
    private static final class Measured {
        final Fault fault;
        final long beganMillis;
        long endedMillis = Long.MAX_VALUE;
        long recoveredMillis = -1;

        Measured(Fault fault, long beganMillis) {
            this.fault = fault;
            this.beganMillis = beganMillis;
        }
    }

    private final FlinkRest flink;
    private final List<String> jobs;
    private final int faults;
    private final List<RawTopicWriter> writers;
    private final BooleanSupplier agentsAndChain;
    private final Console console;
    private final List<Measured> measured = new ArrayList<>();
    private final Thread thread = new Thread(this::watch, "recoveries");
    private volatile boolean ended;
    private volatile boolean writing = true;

    /**
     * @param faults how many there will be
     * @param jobs names of the jobs that must run
     * @param agentsAndChain whether the parts that Flink knows nothing of answer
     */
    Recoveries(
            int faults,
            FlinkRest flink,
            List<String> jobs,
            List<RawTopicWriter> writers,
            BooleanSupplier agentsAndChain,
            Console console) {
        this.faults = faults;
        this.flink = flink;
        this.jobs = List.copyOf(jobs);
        this.writers = List.copyOf(writers);
        this.agentsAndChain = agentsAndChain;
        this.console = console;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** A fault begins. */
    synchronized void began(Fault fault) {
        measured.add(new Measured(fault, System.currentTimeMillis()));
    }

    /** The part is there again. */
    synchronized void over(Fault fault) {
        for (Measured one : measured) {
            if (one.fault.equals(fault)) {
                one.endedMillis = System.currentTimeMillis();
            }
        }
    }

    /** From now on nobody writes events that could be waited for. */
    void writingEnds() {
        writing = false;
    }

    /** Whether every fault there will be has happened and is recovered from. */
    synchronized boolean allRecovered() {
        return measured.size() == faults && !anyOpen();
    }

    private synchronized boolean anyOpen() {
        return measured.stream().anyMatch(one -> one.recoveredMillis < 0);
    }

    /** How many kills there were. */
    synchronized long kills() {
        return measured.stream().filter(one -> one.fault.kind() == FaultKind.KILL).count();
    }

    /** A line for each fault. */
    synchronized List<String> table() {
        List<String> lines = new ArrayList<>();
        for (Measured one : measured) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%-62s %s",
                            one.fault.describe(),
                            one.recoveredMillis < 0 ? "not recovered" : seconds(one)));
        }
        return lines;
    }

    private static String seconds(Measured one) {
        return String.format(
                Locale.ROOT,
                "recovered after %.1f s",
                (one.recoveredMillis - one.beganMillis) / 1000.0);
    }

    private void watch() {
        while (!ended) {
            try {
                Thread.sleep(LOOK_MILLIS);
                if (anyOpen()) {
                    look();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        long now = System.currentTimeMillis();
        try {
            OptionalLong since = healthySince();
            if (since.isPresent()) {
                settle(since.getAsLong(), now);
            }
        } catch (IOException away) {
            // The JobManager does not answer: nothing has recovered.
            return;
        }
    }

    private synchronized void settle(long healthySince, long now) {
        for (Measured one : measured) {
            if (one.recoveredMillis < 0 && healthySince >= one.endedMillis) {
                one.recoveredMillis = now;
                console.step(
                        String.format("%s of \"%s\"", seconds(one), one.fault.describe().strip()));
            }
        }
    }

    /** Everything that began up to this moment has gone through; nothing if a part is away. */
    private OptionalLong healthySince() throws IOException {
        long since = Long.MAX_VALUE;
        Map<String, FlinkRest.Job> known = new HashMap<>();
        for (FlinkRest.Job job : flink.jobs()) {
            if (!job.isOver()) {
                known.put(job.name(), job);
            }
        }
        for (String name : jobs) {
            FlinkRest.Job job = known.get(name);
            if (job == null || !job.runs()) {
                return OptionalLong.empty();
            }
            OptionalLong checkpoint = flink.newestCheckpoint(job.id());
            if (checkpoint.isEmpty()) {
                return OptionalLong.empty();
            }
            since = Math.min(since, checkpoint.getAsLong());
        }
        if (writing) {
            for (RawTopicWriter writer : writers) {
                since = Math.min(since, writer.acknowledgedMillis());
            }
        }
        return agentsAndChain.getAsBoolean() ? OptionalLong.of(since) : OptionalLong.empty();
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
    }
}
