package io.sealroom.local.chaos;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the system as an OS process that can be killed, stopped and started again. It ends
 * without being asked: whatever holds when a process is killed must hold at the end, too.
 */
final class Part implements AutoCloseable {

    /** Starts the process. */
    @FunctionalInterface
    interface Launch {
        ProcessHandle start() throws IOException;
    }

    private final PartName name;
    private final Launch launch;
    private @Nullable ProcessHandle process;
    private boolean wanted;
    private boolean closed;
    private int unexpectedEnds;

    Part(PartName name, Launch launch) {
        this.name = name;
        this.launch = launch;
    }

    PartName name() {
        return name;
    }

    /** Nothing is started once this is closed: a fault's end may come as late as that. */
    synchronized void start() throws IOException {
        if (closed) {
            return;
        }
        wanted = true;
        if (!isAlive()) {
            process = launch.start();
        }
    }

    /** Starts it again if it has ended and nobody killed it. */
    synchronized void startIfEnded() throws IOException {
        if (wanted && !isAlive()) {
            unexpectedEnds++;
            start();
        }
    }

    /** SIGKILL; returns when it is gone. */
    synchronized void kill() {
        wanted = false;
        ProcessHandle victim = process;
        if (victim != null && victim.isAlive()) {
            victim.destroyForcibly();
            victim.onExit().join();
        }
    }

    /** SIGSTOP. */
    void stop() throws IOException {
        signal("STOP");
    }

    /** SIGCONT; nothing happens to a process that is not stopped. */
    void resume() throws IOException {
        signal("CONT");
    }

    private synchronized void signal(String signal) throws IOException {
        ProcessHandle target = process;
        if (target == null || !target.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder(List.of("kill", "-" + signal, Long.toString(target.pid())))
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** How often it has ended and was not killed. */
    synchronized int unexpectedEnds() {
        return unexpectedEnds;
    }

    @Override
    public synchronized void close() {
        closed = true;
        kill();
    }
}
