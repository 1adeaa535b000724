package io.sealroom.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.local.parts.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page: the one that {@code src/test/browser/install} unpacked, which
 * brings its libraries and one font, so that a page looks the same everywhere.
 */
final class Browser implements AutoCloseable {

    private static final Path UNPACKED = Path.of("src/test/browser/node_modules/.chromium");
    private static final Path STAMP = UNPACKED.resolve(".sealroom-lock");
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration END_DEADLINE = Duration.ofSeconds(10);
    private static final int LOG_CHARACTERS = 2_000;
    // To the end of the line: one that is half written is no address.
    private static final Pattern LISTENING =
            Pattern.compile("DevTools listening on (ws://\\S+)\\R");

    private final Process process;
    private final Thread killer;
    private final DevTools tools;

    private Browser(Process process, Thread killer, DevTools tools) {
        this.process = process;
        this.killer = killer;
        this.tools = tools;
    }

    /**
     * Starts it.
     *
     * @param directory for its profile and output; empty
     */
    static Browser start(Path directory) throws IOException {
        // Last of what the script writes: without it, the rest may be half of it.
        if (!Files.exists(STAMP)) {
            throw new IOException("no Chromium: run node src/test/browser/install");
        }
        Path output = directory.resolve("chromium.log");
        ProcessBuilder builder =
                new ProcessBuilder(command(directory))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("HOME", directory.toString());
        environment.put("TMPDIR", directory.toString());
        Path unpacked = UNPACKED.toAbsolutePath();
        environment.put("LD_LIBRARY_PATH", unpacked.resolve("lib").toString());
        environment.put("FONTCONFIG_PATH", unpacked.toString());
        Process process = builder.start();
        Thread killer = new Thread(() -> tree(process).forEach(Browser::kill), "browser-killer");
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            Await.until(
                    "Chromium, or its end",
                    DEADLINE,
                    () -> address(output).isPresent() || !process.isAlive());
            URI address =
                    address(output)
                            .orElseThrow(() -> new IOException("Chromium ended: " + text(output)));
            DevTools tools = new DevTools(address, () -> end(text(output)));
            attach(tools);
            return new Browser(process, killer, tools);
        } catch (IOException | RuntimeException | Error e) {
            stop(process, killer);
            throw e;
        }
    }

    private static List<String> command(Path directory) {
        // Without sandbox: root, as whom containers build, has none. The only page is our own.
        return List.of(
                UNPACKED.resolve("chromium").toAbsolutePath().toString(),
                "--headless",
                "--no-sandbox",
                "--no-zygote",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + directory.resolve("profile"),
                "about:blank");
    }

    private static void attach(DevTools tools) throws IOException {
        String target =
                tools.call("Target.createTarget", "url", "about:blank")
                        .required("targetId")
                        .textValue();
        tools.attach(
                tools.call("Target.attachToTarget", "targetId", target, "flatten", true)
                        .required("sessionId")
                        .textValue());
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            tools.call(domain + ".enable");
        }
    }

    private static Optional<URI> address(Path output) {
        Matcher matcher = LISTENING.matcher(text(output));
        return matcher.find() ? Optional.of(URI.create(matcher.group(1))) : Optional.empty();
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - LOG_CHARACTERS));
    }

    /** Sets the size of the window, in CSS pixels. */
    void resize(int width, int height) throws IOException {
        tools.call(
                "Emulation.setDeviceMetricsOverride",
                "width",
                width,
                "height",
                height,
                "deviceScaleFactor",
                1,
                "mobile",
                false);
    }

    /** Sets the media type, and whether the user wants dark pages. */
    void media(String type, boolean dark) throws IOException {
        tools.call(
                "Emulation.setEmulatedMedia",
                "media",
                type,
                "features",
                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light")));
    }

    /** Opens a page and waits until it is loaded. */
    void open(Path page) throws IOException {
        tools.call("Page.navigate", "url", page.toUri().toString());
        Await.until("the page", DEADLINE, () -> shows(page.toUri() + " complete"));
    }

    private boolean shows(String place) {
        try {
            return evaluate("location.href + ' ' + document.readyState").asText().equals(place);
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new UncheckedIOException(e);
            }
            // The page before went away under the question.
            return false;
        }
    }

    /** What an expression comes to in the page. */
    JsonNode evaluate(String expression) throws IOException {
        JsonNode answer =
                tools.call("Runtime.evaluate", "expression", expression, "returnByValue", true);
        if (answer.has("exceptionDetails")) {
            throw new IOException(answer.required("exceptionDetails").toString());
        }
        return answer.required("result").path("value");
    }

    /** Addresses of everything that was asked for. */
    List<String> requests() {
        return tools.events("Network.requestWillBeSent").stream()
                .map(event -> event.required("request").required("url").textValue())
                .toList();
    }

    /** What the page or the browser complained of. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (String method :
                List.of(
                        "Log.entryAdded",
                        "Runtime.exceptionThrown",
                        "Runtime.consoleAPICalled",
                        "Network.loadingFailed")) {
            tools.events(method).forEach(event -> complaints.add(method + ": " + event));
        }
        return complaints;
    }

    @Override
    public void close() {
        tools.close();
        stop(process, killer);
    }

    /** Renderers and the like outlive a Chromium that is killed, so all of them are ended. */
    private static void stop(Process process, Thread killer) {
        List<ProcessHandle> tree = tree(process);
        process.toHandle().destroy();
        try {
            ended(tree);
        } catch (IllegalStateException e) {
            tree.forEach(Browser::kill);
            ended(tree);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // The JVM is going down and runs the hook itself; all of them are gone already.
            return;
        }
    }

    private static List<ProcessHandle> tree(Process process) {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    }

    private static void kill(ProcessHandle handle) {
        handle.destroyForcibly();
    }

    private static void ended(List<ProcessHandle> tree) {
        Await.until(
                "the end of Chromium",
                END_DEADLINE,
                () -> tree.stream().noneMatch(Browser::running));
    }

    /** What ended and was not asked for by its parent yet has no command any more. */
    private static boolean running(ProcessHandle handle) {
        return handle.isAlive() && handle.info().command().isPresent();
    }
}
