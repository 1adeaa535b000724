package io.sealroom.cli.room;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Inputs;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.UsageException;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.chain.EndpointOptions;
import io.sealroom.cli.chain.RoomOptions;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom room show}. */
@Command(
        name = "show",
        description = {
            "Shows a room: who has approved and revealed, its times, nodes and queries.",
            "",
            "With --policy it is compared with the policy, and a difference, or a room that the"
                    + " ledger's factory did not create, is exit code 1. With --out the room file"
                    + " for agents and nodes is written, once the room is active and every proof of"
                    + " possession was verified again.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
final class ShowCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private EndpointOptions endpointOptions;

    @Mixin private RoomOptions roomOptions;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Compare the room with this policy, and name its parts.")
    private @Nullable Path policyFile;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the room file here, a new file; needs --policy.")
    private @Nullable Path roomFile;

    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
        if (roomFile != null && policyFile == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--out needs --policy: the room file is by the partners' names");
        }
        Optional<Policy> policy = Optional.ofNullable(policyFile).map(Inputs::policy);
        Endpoint endpoint = endpointOptions.endpoint();
        try {
            RoomState state =
                    RoomState.read(
                            endpoint, roomOptions.contract(), roomOptions.fromBlock(), policy);
            output.print(spec, state);
            if (!state.differences().isEmpty() || (policy.isPresent() && !state.ofFactory())) {
                return ExitCodes.MISMATCH;
            }
            if (roomFile != null) {
                write(endpoint, policy.orElseThrow(), roomFile);
            }
            return ExitCodes.OK;
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }

    private void write(Endpoint endpoint, Policy policy, Path file) throws IOException {
        PolicyRoom room =
                PolicyRoom.require(
                        endpoint, roomOptions.contract(), roomOptions.fromBlock(), policy);
        RoomFiles.Collected collected = RoomFiles.collect(endpoint, room);
        for (String partner : collected.unproven()) {
            output.warn(
                    spec,
                    String.format(
                            "the keys of %s came through another contract: their proofs were"
                                    + " verified by the Room, and cannot be here",
                            partner));
        }
        try {
            Files.writeString(
                    file,
                    collected.file().toJson(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UsageException(
                    String.format("%s cannot be created: %s", file, e.getClass().getSimpleName()));
        }
    }
}
