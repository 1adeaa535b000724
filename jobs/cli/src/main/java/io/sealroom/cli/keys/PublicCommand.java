package io.sealroom.cli.keys;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.Inputs;
import io.sealroom.cli.UsageException;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom keys public}. */
@Command(
        name = "public",
        description = {
            "Prints a partner's OPRF public keys by epoch, for the room file.",
            "",
            "One JSON object {\"NAME\": {\"EPOCH\": \"0x...\"}}: the partner's entry of the room"
                    + " file's oprfKeys.",
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

    @Override
    public void run() {
        Policy policy = Inputs.policy(policyFile);
        PartnerKeys keys = keys();
        String name = keys.name();
        if (policy.partnerIndex(name).isEmpty()) {
            throw new UsageException(
                    String.format("the policy has no partner %s, whose keys these are", name));
        }
        if (!policy.partner(name).address().equals(keys.address())) {
            throw new UsageException(
                    String.format(
                            "the key file's address is %s, the policy has %s for %s",
                            keys.address(), policy.partner(name).address(), name));
        }
        ObjectNode root = new ObjectMapper().createObjectNode();
        ObjectNode epochs = root.putObject(name);
        RoomKeys.publicKeys(policy, keys)
                .forEach((epoch, key) -> epochs.put(Long.toString(epoch), key.toHex()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(root);
        out.flush();
    }

    private PartnerKeys keys() {
        try {
            return PartnerKeys.read(keyFile);
        } catch (KeyFileException e) {
            // It says the file and the rule, never a value.
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Inputs.unreadable(keyFile, e);
        }
    }
}
