package io.sealroom.local.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Whatever was started: stopped in reverse order, also when this process is asked to end. */
public final class StartedParts implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Consumer<String> complaints;
    private final Thread hook = new Thread(this::closeAll, "parts-stop");
    private boolean closed;

    /**
     * With no part yet.
     *
     * @param complaints told which part did not stop in order
     */
    public StartedParts(Consumer<String> complaints) {
        this.complaints = complaints;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Takes a part over: it is stopped before everything that was there earlier.
     *
     * @throws IllegalStateException if this is closed; the part is then too
     */
    public <T extends AutoCloseable> T add(T part) {
        synchronized (parts) {
            if (!closed) {
                parts.push(part);
                return part;
            }
        }
        // Broken off meanwhile: nobody would stop it any more.
        close(part);
        throw new IllegalStateException("the run was broken off");
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            // The JVM is ending and runs the hook itself.
            return;
        }
    }

    private void closeAll() {
        synchronized (parts) {
            closed = true;
            while (!parts.isEmpty()) {
                close(parts.pop());
            }
        }
    }

    private void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            // One part that does not stop must not keep the others running.
            complaints.accept("did not stop in order: " + part.getClass().getSimpleName());
        }
    }
}
