package io.sealroom.local.parts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what anvil prints: first its greeting with accounts, keys and port, then, for as long as it
 * lives, a line or more per request. Those go to the log at debug level; unread they would fill the
 * pipe and stop the node.
 */
final class AnvilOutput {

    /**
     * @param port it listens on
     * @param addresses of the development accounts
     * @param keys of the same accounts, in the same order
     */
    record Greeting(int port, List<String> addresses, List<String> keys) {}

    private static final Logger LOG = LoggerFactory.getLogger(AnvilOutput.class);
    private static final Pattern ADDRESS = Pattern.compile("\\(\\d+\\) (0x[0-9a-fA-F]{40}) .*");
    private static final Pattern KEY = Pattern.compile("\\(\\d+\\) (0x[0-9a-fA-F]{64})");
    private static final Pattern LISTENING = Pattern.compile("Listening on .*:(\\d+)");

    private final Process process;
    private final CompletableFuture<Greeting> greeting = new CompletableFuture<>();

    private AnvilOutput(Process process) {
        this.process = process;
    }

    static AnvilOutput follow(Process process) {
        AnvilOutput output = new AnvilOutput(process);
        Thread reader = new Thread(output::read, "local-chain-output-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        return output;
    }

    /** Waits for the port to be open. */
    Greeting greeting(Duration deadline) throws IOException {
        try {
            return greeting.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(Objects.requireNonNullElse(e.getCause(), e).getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    String.format("anvil did not listen within %d s", deadline.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while anvil was starting");
        }
    }

    private void read() {
        List<String> addresses = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (greeting.isDone()) {
                    LOG.debug("{}", line);
                    continue;
                }
                said.add(line);
                firstGroup(ADDRESS, line, addresses);
                firstGroup(KEY, line, keys);
                Matcher listening = LISTENING.matcher(line);
                if (listening.matches()) {
                    int port = Integer.parseInt(listening.group(1));
                    greeting.complete(
                            new Greeting(port, List.copyOf(addresses), List.copyOf(keys)));
                }
            }
            greeting.completeExceptionally(
                    new IOException("anvil ended before it listened: " + String.join(" ", said)));
        } catch (IOException e) {
            greeting.completeExceptionally(e);
        }
    }

    private static void firstGroup(Pattern pattern, String line, List<String> found) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.matches()) {
            found.add(matcher.group(1));
        }
    }
}
