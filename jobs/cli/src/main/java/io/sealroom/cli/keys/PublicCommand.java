package io.sealroom.cli.keys;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.Inputs;
import io.sealroom.cli.room.Seat;
import io.sealroom.schemas.policy.Policy;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom keys public}. */
@Command(
        name = "public",
        description = {
            "Prints a partner's OPRF public keys by epoch, as the room file has them.",
            "",
            "One JSON object {\"NAME\": {\"EPOCH\": \"0x...\"}}, of the epochs whose key share has"
                    + " not been erased. It changes nothing: a fresh seed stays one.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class PublicCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "FILE",
            description = "The room's policy.")
    private Path policyFile;

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "FILE",
            description = "The partner's key file.")
    private Path keyFile;

    @Option(
            names = "--seed",
            paramLabel = "FILE",
            description =
                    "The partner's OPRF seed of the room (default: oprf-NAME.json beside the key"
                            + " file).")
    private @Nullable Path seedFile;

    @Override
    public void run() {
        Policy policy = Inputs.policy(policyFile);
        Seat seat = Seat.of(policy, keyFile, seedFile);
        String name = seat.partner().name();
        ObjectNode root = new ObjectMapper().createObjectNode();
        ObjectNode epochs = root.putObject(name);
        seat.seed(policy)
                .keys()
                .publicKeysByEpoch()
                .forEach((epoch, key) -> epochs.put(Long.toString(epoch), key.encoded().toHex()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(root);
        out.flush();
    }
}
