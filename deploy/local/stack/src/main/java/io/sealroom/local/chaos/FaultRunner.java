package io.sealroom.local.chaos;

import io.sealroom.local.stack.Console;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Lets a schedule's faults happen at their times; they may overlap. */
final class FaultRunner implements AutoCloseable {

    private static final int THREADS = 4;

    private final Function<PartName, Part> parts;
    private final Supervisor supervisor;
    private final String job;
    private final Recoveries recoveries;
    private final Console console;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS);

    /**
     * @param job name of the one that is rescaled
     */
    FaultRunner(
            Function<PartName, Part> parts,
            Supervisor supervisor,
            String job,
            Recoveries recoveries,
            Console console) {
        this.parts = parts;
        this.supervisor = supervisor;
        this.job = job;
        this.recoveries = recoveries;
        this.console = console;
    }

    void start(List<Fault> faults) {
        for (Fault fault : faults) {
            at(fault.atMillis(), () -> begin(fault));
        }
    }

    private void begin(Fault fault) throws IOException {
        console.step(fault.describe().strip());
        recoveries.began(fault);
        Part part = parts.apply(fault.part());
        switch (fault.kind()) {
            case KILL -> {
                part.kill();
                at(fault.holdMillis(), () -> start(part, fault));
            }
            case STOP -> {
                part.stop();
                at(fault.holdMillis(), () -> resume(part, fault));
            }
            case RESCALE -> {
                if (!supervisor.rescale(job, fault.parallelism())) {
                    console.step("not rescaled: the job does not run");
                }
                recoveries.over(fault);
            }
        }
    }

    private void start(Part part, Fault fault) throws IOException {
        part.start();
        recoveries.over(fault);
    }

    private void resume(Part part, Fault fault) throws IOException {
        part.resume();
        recoveries.over(fault);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void at(long millis, Step step) {
        var unused =
                clock.schedule(
                        () -> {
                            try {
                                step.run();
                            } catch (IOException | RuntimeException e) {
                                console.step("a fault did not work: " + e.getMessage());
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
