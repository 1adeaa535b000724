package io.sealroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/sealroom} as a user starts it; the module is packaged by now. */
class LauncherITCase {

    private static final Path LAUNCHER =
            Path.of("..", "..", "deploy", "sealroom").toAbsolutePath().normalize();

    private final Path directory;

    LauncherITCase(@TempDir Path directory) {
        this.directory = directory;
    }

    private Run launch(Path launcher, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void launcher_fromAnotherDirectoryThroughALink_runsTheCommand() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("sealroom"), LAUNCHER);
        Run run = launch(link, "--version");
        Files.delete(link);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).startsWith("sealroom ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void launcher_argumentsAndExitCode_passThrough() throws Exception {
        Run run = launch(LAUNCHER, "policy", "hash", "a file with spaces");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("a file with spaces: there is no such file");
    }

    /** Kafka's and the chain library's loggers are real here: they must stay silent. */
    @Test
    void launcher_nobodyListens_saysOneSentence() throws Exception {
        Run run =
                launch(
                        LAUNCHER,
                        "releases",
                        "--room",
                        "spring-campaign",
                        "--node",
                        "node-one",
                        "--kafka",
                        "127.0.0.1:1",
                        "--format",
                        "csv",
                        "--timeout",
                        "PT1S");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
    }
}
