package io.sealroom.pipeline;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * Arguments that both jobs take. Files are read where the job is submitted; the key file where its
 * tasks run.
 */
final class JobOptions {

    @Option(names = "--policy", required = true, description = "policy file (YAML)")
    Path policy = Path.of("");

    @Option(names = "--room", required = true, description = "room file (JSON)")
    Path room = Path.of("");

    @Option(names = "--node", required = true, description = "name of this node in the policy")
    String node = "";

    @Option(
            names = "--node-keys",
            required = true,
            description = "this node's key file, at the same path on every task manager")
    String nodeKeys = "";

    @Option(names = "--kafka", required = true, description = "Kafka bootstrap servers")
    String kafka = "";

    /**
     * @throws IOException if a file cannot be read
     * @throws PolicyException if the policy is not valid
     * @throws IllegalArgumentException if it has no such node
     */
    NodeSettings settings() throws IOException, PolicyException {
        Policy read = PolicyFile.read(policy);
        return new NodeSettings(read, RoomFile.read(room), read.node(node).name(), kafka);
    }
}
