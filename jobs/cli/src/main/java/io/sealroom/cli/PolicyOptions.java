package io.sealroom.cli;

import io.sealroom.schemas.policy.Policy;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which policy is meant. */
@SuppressWarnings("NullAway.Init") // picocli fills the field in before a command runs.
public final class PolicyOptions {

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "FILE",
            description = "The room's policy.")
    private Path file;

    /**
     * The policy.
     *
     * @throws UsageException as {@link Inputs#policy} does
     */
    public Policy policy() {
        return Inputs.policy(file);
    }

    public Path file() {
        return file;
    }
}
