package io.sealroom.cli.audit;

import io.sealroom.cli.UsageException;
import io.sealroom.privacy.secret.AuditorKeys;
import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.NodeKeys;
import io.sealroom.schemas.policy.Auditor;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As whom the partners' shares are opened. */
final class AuditorOptions {

    @Option(
            names = "--auditor",
            paramLabel = "NAME",
            description = "Replay as this auditor of the policy.")
    private @Nullable String auditor;

    @Option(
            names = "--auditor-keys",
            paramLabel = "FILE",
            description = "The auditor's key file, of 'sealroom keys generate --auditor'.")
    private @Nullable Path auditorKeys;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "Replay as this node of the policy.")
    private @Nullable String node;

    @Option(names = "--node-keys", paramLabel = "FILE", description = "The node's key file.")
    private @Nullable Path nodeKeys;

    /**
     * Who replays.
     *
     * @param name in the policy
     * @param keys its key file
     * @param auditor whether it is an auditor, or else a node
     */
    record Recipient(String name, Path keys, boolean auditor) {}

    /**
     * The one that is meant, with the key that the policy has of it.
     *
     * @throws UsageException if not exactly one is named, or its key file cannot be used
     */
    Recipient recipient(Policy policy) {
        if (auditor != null && auditorKeys != null && node == null && nodeKeys == null) {
            return auditor(policy, auditor, auditorKeys);
        }
        if (node != null && nodeKeys != null && auditor == null && auditorKeys == null) {
            return node(policy, node, nodeKeys);
        }
        throw new UsageException(
                "give either --auditor and --auditor-keys, or --node and --node-keys");
    }

    private static Recipient auditor(Policy policy, String name, Path file) {
        try {
            Auditor found = new Auditor(name, AuditorKeys.read(file).hpkePublicKey());
            return require(policy.auditors().contains(found), new Recipient(name, file, true));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static Recipient node(Policy policy, String name, Path file) {
        try {
            NodeKeys keys = NodeKeys.read(file);
            boolean known =
                    policy.nodes().stream()
                            .anyMatch(
                                    it ->
                                            it.name().equals(name)
                                                    && it.hpkePublicKey()
                                                            .equals(keys.hpkePublicKey()));
            return require(known, new Recipient(name, file, false));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static Recipient require(boolean known, Recipient recipient) {
        if (!known) {
            throw new UsageException(
                    String.format(
                            "the policy has no %s %s with the key in %s",
                            recipient.auditor() ? "auditor" : "node",
                            recipient.name(),
                            recipient.keys()));
        }
        return recipient;
    }

    private static UsageException unusable(Path file, IOException e) {
        // A KeyFileException says the file and the rule, never a value.
        return new UsageException(
                e instanceof KeyFileException
                        ? String.valueOf(e.getMessage())
                        : String.format(
                                "%s cannot be read: %s", file, e.getClass().getSimpleName()));
    }
}
