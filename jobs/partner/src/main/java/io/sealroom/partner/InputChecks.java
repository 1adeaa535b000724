package io.sealroom.partner;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.KeySource;
import io.sealroom.partner.room.Membership;
import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether an input goes with the partner's part in the policy, before any of it is opened. */
final class InputChecks {

    private InputChecks() {}

    /**
     * @throws AgentException if it does not, or its rejects would overwrite something
     */
    static void require(AgentConfig config, Membership member) throws AgentException {
        InputConfig input = config.input();
        boolean none = input instanceof InputConfig.None;
        if (member.self().supplies() && none) {
            throw AgentException.badInput(
                    "%s supplies events: it needs an input, or the room waits for its seals",
                    member.name());
        }
        if (!member.self().supplies() && !none) {
            throw AgentException.badInput(
                    "%s supplies no events in this policy: it takes no input", member.name());
        }
        if (input instanceof InputConfig.Topic && member.policy().mode() == Mode.FILE) {
            throw AgentException.badInput(
                    "the room is of mode file, and a topic has no end: events must come from a file"
                            + " or from standard input");
        }
        if (input.rejects().isPresent()) {
            requireNoOverwriting(
                    input.rejects().get(), config, input.file().map(List::of).orElse(List.of()));
        }
    }

    /** Whether events go to the room as they come, and are not read to the end before. */
    static boolean isStream(InputConfig input, Policy policy) {
        return policy.mode() == Mode.LIVE
                && (input instanceof InputConfig.JsonLines || input instanceof InputConfig.Topic);
    }

    /**
     * Rejects begin empty: over an input, every event would be gone, and nothing sealed for all.
     *
     * @param inputs what is read besides the configured files
     * @throws AgentException if it is one of the files that are read
     */
    static void requireNoOverwriting(Path rejects, AgentConfig config, List<Path> inputs)
            throws AgentException {
        List<Path> reads = new ArrayList<>(List.of(config.policy(), config.room(), config.seed()));
        reads.addAll(inputs);
        if (config.keys() instanceof KeySource.InFile keys) {
            reads.add(keys.file());
        }
        try {
            for (Path read : reads) {
                if (Files.exists(rejects)
                        && Files.exists(read)
                        && Files.isSameFile(rejects, read)) {
                    throw AgentException.badInput("rejects would overwrite %s", read);
                }
            }
        } catch (IOException e) {
            throw AgentException.badInput("rejects cannot be compared with the input: %s", e);
        }
    }
}
