package io.sealroom.local.chaos;

import io.sealroom.local.stack.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operator's supervisor does: starts parts that have ended, and submits jobs that the
 * JobManager does not know. Never a job that runs: two of one name would read and write the same.
 */
final class Supervisor implements AutoCloseable {

    private static final long LOOK_MILLIS = 500;
    private static final int FAILURES_MAX = 3;

    private final FlinkRest flink;
    private final Path jar;
    private final List<Part> parts;
    private final Console console;
    private final Map<String, JobSpec> jobs = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::watch, "supervisor");
    private volatile boolean ended;
    private int failures;

    Supervisor(FlinkRest flink, Path jar, List<Part> parts, Console console) {
        this.flink = flink;
        this.jar = jar;
        this.parts = parts;
        this.console = console;
        thread.setDaemon(true);
    }

    void start(List<JobSpec> wanted) {
        wanted.forEach(job -> jobs.put(job.name(), job));
        thread.start();
    }

    /** Cancels a job with a savepoint; it goes on from there with another parallelism. */
    synchronized boolean rescale(String name, int parallelism) {
        JobSpec job = jobs.get(name);
        if (job == null) {
            throw new IllegalArgumentException("no job " + name);
        }
        try {
            for (FlinkRest.Job running : flink.jobs()) {
                if (running.name().equals(name) && running.runs()) {
                    String request = flink.cancelWithSavepoint(running.id(), job.savepoint());
                    while (!flink.isDone(running.id(), request)) {
                        pause();
                    }
                    jobs.put(name, job.withParallelism(parallelism));
                    return true;
                }
            }
        } catch (IOException e) {
            // A fault before this one is not over: the job stays as it is.
            return false;
        }
        return false;
    }

    /** How many jobs ended for good. */
    synchronized int failures() {
        return failures;
    }

    private void watch() {
        while (!ended) {
            try {
                for (Part part : parts) {
                    part.startIfEnded();
                }
                submitMissing();
            } catch (IOException | RuntimeException away) {
                // The JobManager is one of the parts that die, in the middle of an answer too; it
                // is
                // asked again soon.
                pause();
            }
            pause();
        }
    }

    private synchronized void submitMissing() throws IOException {
        List<FlinkRest.Job> known = flink.jobs();
        for (JobSpec job : jobs.values()) {
            List<FlinkRest.Job> own =
                    known.stream().filter(one -> one.name().equals(job.name())).toList();
            int failed = (int) own.stream().filter(FlinkRest.Job::isFailed).count();
            failures = Math.max(failures, failed);
            if (!ended && failed < FAILURES_MAX && own.stream().allMatch(FlinkRest.Job::isOver)) {
                Map<String, Object> request = job.submission();
                flink.run(flink.jar(jar), request);
                console.step(
                        String.format(
                                "submitted \"%s\" at parallelism %d from %s",
                                job.name(),
                                job.parallelism(),
                                request.containsKey("savepointPath")
                                        ? request.get("savepointPath")
                                                .toString()
                                                .replaceFirst(".*/([^/]+)/?$", "$1")
                                        : "the start"));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
    }
}
