package io.sealroom.local.stack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * What a command says while it works: plain lines with the time since the start, in any kind of
 * terminal.
 */
public final class Console {

    private final PrintStream out;
    private final long startNanos;

    public Console(PrintStream out, long startNanos) {
        this.out = out;
        this.startNanos = startNanos;
    }

    public synchronized void step(String text) {
        long millis = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
        out.printf(Locale.ROOT, "[%6.1f s] %s%n", millis / 1000.0, text);
        out.flush();
    }

    public synchronized void plain(String text) {
        out.println(text);
        out.flush();
    }
}
