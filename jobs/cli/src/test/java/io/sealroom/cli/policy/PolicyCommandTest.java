package io.sealroom.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.schemas.policy.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {

    private final Path directory;

    PolicyCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Path policy(String from, String to) throws IOException {
        try (InputStream in = PolicyCommandTest.class.getResourceAsStream("/sample-policy.yaml")) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(yaml).contains(from);
            return Files.writeString(directory.resolve("policy.yaml"), yaml.replace(from, to));
        }
    }

    @Test
    void hash_validPolicy_isTheCanonicalHash() throws Exception {
        Path file = policy("room:", "room:   ");
        Run run = Run.of("policy", "hash", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out().strip()).isEqualTo(PolicyFile.read(file).hash().toHex());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void hash_invalidPolicy_saysEveryViolation() throws IOException {
        Path file = policy("window: PT1H", "window: PT1H5M");
        Run run = Run.of("policy", "hash", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("is not a valid policy").contains("must divide");
    }

    @Test
    void hash_noSuchFile_isUsage() {
        Run run = Run.of("policy", "hash", directory.resolve("none.yaml").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("there is no such file");
    }

    @Test
    void policy_noCommand_isUsage() {
        assertThat(Run.of("policy").exitCode()).isEqualTo(ExitCodes.USAGE);
    }
}
