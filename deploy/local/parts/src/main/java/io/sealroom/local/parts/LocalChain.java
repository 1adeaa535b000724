package io.sealroom.local.parts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An EVM node, anvil, as a child process on the loopback address; up in well under a second.
 *
 * <p>The child ends with {@link #close}, or with this JVM if that ends in order. Limits: a JVM
 * killed at once leaves its child behind. The development keys are known to everyone: they hold
 * nothing of value anywhere.
 */
public final class LocalChain implements AutoCloseable {

    private static final String THOUSAND_ETHER = "0x3635c9adc5dea00000";
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(15);

    private final Process process;
    private final AnvilOutput.Greeting greeting;
    private final Thread killer;

    private LocalChain(Process process, AnvilOutput.Greeting greeting, Thread killer) {
        this.process = process;
        this.greeting = greeting;
        this.killer = killer;
    }

    /** Starts a chain with {@link ChainOptions#defaults}. */
    public static LocalChain start() throws IOException {
        return start(ChainOptions.defaults());
    }

    /**
     * Starts a chain and returns when it listens.
     *
     * @throws IOException if there is no anvil (the message says how to get one), if it does not
     *     start (the message has its last lines), or if the thread is interrupted
     */
    public static LocalChain start(ChainOptions options) throws IOException {
        return start(AnvilBinary.locate(), options);
    }

    static LocalChain start(Path binary, ChainOptions options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(binary.toString());
        command.addAll(options.arguments());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread killer = new Thread(() -> process.toHandle().destroy(), "local-chain-killer");
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            return new LocalChain(
                    process, AnvilOutput.follow(process).greeting(START_DEADLINE), killer);
        } catch (IOException e) {
            stop(process, killer);
            throw e;
        }
    }

    /** The JSON-RPC endpoint, {@code http://127.0.0.1:port}. */
    public String rpcUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** The port it listens on. */
    public int port() {
        return greeting.port();
    }

    /**
     * The private key of a funded account, 0x and 64 hex digits: the well-known ones, the same at
     * every start.
     *
     * @param account from 0 to one less than the number of accounts asked for
     */
    public String developmentKey(int account) {
        return of(greeting.keys(), account);
    }

    /** The address of the same account, 0x and 40 hex digits with the EIP-55 checksum. */
    public String developmentAddress(int account) {
        return of(greeting.addresses(), account);
    }

    /**
     * Gives an account a thousand ether, as a test chain can.
     *
     * @param address 0x and 40 hex digits
     * @throws IOException if the node does not take it
     */
    public void fund(String address) throws IOException {
        String request =
                String.format(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"anvil_setBalance\",\"params\":[\"%s\",\"%s\"]}",
                        address, THOUSAND_ETHER);
        HttpRequest post =
                HttpRequest.newBuilder(URI.create(rpcUrl()))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request))
                        .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200 || response.body().contains("\"error\"")) {
                throw new IOException("anvil does not fund an account: " + response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The child process, for tests that take the chain away. */
    public ProcessHandle processHandle() {
        return process.toHandle();
    }

    /**
     * Asks the child to end, so that it writes its state file, and makes it end if it does not; a
     * second call does nothing.
     */
    @Override
    public void close() {
        stop(process, killer);
    }

    private static void stop(Process process, Thread killer) {
        // Not Process.destroy: it closes the child's output, and anvil dies of that before the
        // state is written.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // The JVM is going down and runs the hook itself; the child is gone already.
            return;
        }
    }

    private static String of(List<String> values, int account) {
        if (account < 0 || account >= values.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            "account must be from 0 to %d, given %d", values.size() - 1, account));
        }
        return values.get(account);
    }
}
