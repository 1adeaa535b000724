package io.sealroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.verify.RoomSource;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SealroomTest {

    @Test
    void help_everyCommand_isPrintedToStdout() {
        for (List<String> command : commands(Sealroom.commandLine(RoomSource.jsonRpc()))) {
            List<String> args = new ArrayList<>(command.subList(1, command.size()));
            args.add("--help");
            Run run = Run.of(args.toArray(String[]::new));
            assertThat(run.exitCode()).as("%s", command).isEqualTo(ExitCodes.OK);
            assertThat(run.out())
                    .startsWith("Usage: " + String.join(" ", command))
                    .contains("Exit codes:");
            assertThat(run.err()).isEmpty();
        }
    }

    private static List<List<String>> commands(CommandLine command) {
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of(command.getCommandSpec().qualifiedName().split(" ", -1)));
        command.getSubcommands().values().forEach(sub -> commands.addAll(commands(sub)));
        return commands;
    }

    @Test
    void version_asked_isTheProjects() {
        Run run = Run.of("--version");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).matches("sealroom \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @Test
    void execute_noCommand_isUsage() {
        Run run = Run.of();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Missing required subcommand").contains("sealroom --help");
    }

    @Test
    void execute_unknownOptionOrCommand_isUsage() {
        assertThat(Run.of("--nonsense").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(Run.of("nonsense").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(Run.of("verify", "--nonsense").err()).contains("sealroom verify --help");
    }

    /** A fault of ours must neither look like a mismatch nor print what it holds. */
    @Test
    void execute_fault_isNoMismatchAndShowsNoMessage(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("releases.jsonl");
        try (var sample = SealroomTest.class.getResourceAsStream("/sample-release.jsonl")) {
            Files.write(file, sample.readAllBytes());
        }
        Run run =
                Run.with(
                        new Broken(),
                        "verify",
                        "--releases",
                        file.toString(),
                        "--rpc",
                        "http://127.0.0.1:1",
                        "--contract",
                        SampleRoom.CONTRACT.hex());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAULT);
        assertThat(run.err()).contains("IllegalStateException").doesNotContain("secret");
    }

    /** Has a fault. */
    private static final class Broken implements RoomSource {

        @Override
        public RoomContract open(Endpoint endpoint, RoomLocation location) {
            throw new IllegalStateException("secret");
        }

        @Override
        public List<RoomConfiguration.Partner> partners(Endpoint endpoint, Account contract) {
            throw new IllegalStateException("secret");
        }
    }
}
