package io.sealroom.local.stack;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainDeployer;
import io.sealroom.local.parts.ChainOptions;
import io.sealroom.local.parts.KafkaBroker;
import io.sealroom.local.parts.LocalChain;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.topic.RoomTopics;
import io.sealroom.pipeline.NodeSettings;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Broker and chain of one room on one machine, and whatever is started on them; all of it is
 * stopped in reverse order, also when this process is asked to end.
 */
public final class LocalStack implements AutoCloseable {

    /** The account of development key 0, the same at every start. */
    private static final Account DEPLOYER =
            new Account("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");

    /** Where a policy of this chain finds its ledger: the deployer's second contract. */
    public static final Address LEDGER = new Address(ChainDeployer.address(DEPLOYER, 1).hex());

    private final Path directory;
    private final StartedParts parts = new StartedParts(System.err::println);
    private final KafkaBroker kafka;
    private final LocalChain chain;

    private LocalStack(Path directory) throws IOException {
        this.directory = directory;
        try {
            this.chain =
                    add(
                            LocalChain.start(
                                    ChainOptions.defaults()
                                            .withBlockTimeSeconds(1)
                                            .withSlotsInAnEpoch(1)
                                            // A block a second, for finality, and one at once
                                            // for every transaction.
                                            .withExtraArguments(List.of("--mixed-mining"))
                                            .withStateFile(directory.resolve("chain-state.json"))));
            this.kafka = add(LocalKafka.start(Files.createDirectories(directory.resolve("kafka"))));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts a broker and a chain that keep their files in the directory. */
    public static LocalStack start(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new LocalStack(directory);
    }

    public String kafka() {
        return kafka.bootstrapServers();
    }

    public String rpcUrl() {
        return chain.rpcUrl();
    }

    /** Funds the policy's partners and nodes, opens its room and makes its topics. */
    public LocalRoom open(Path policyFile, Policy policy, Path keys) throws IOException {
        for (var partner : policy.partners()) {
            chain.fund(partner.address().hex());
        }
        for (var node : policy.nodes()) {
            chain.fund(node.address().hex());
        }
        LocalRoom room =
                LocalRoom.open(
                        chain.rpcUrl(),
                        chain.developmentKey(0),
                        policyFile,
                        policy,
                        keys,
                        directory);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            RoomTopics.create(admin, policy, (short) 1);
        }
        return room;
    }

    public NodeSettings settings(LocalRoom room, String node) {
        return new NodeSettings(room.policy(), room.room(), node, kafka());
    }

    /** Takes a part over: it is stopped before everything that was there earlier. */
    public <T extends AutoCloseable> T add(T part) {
        return parts.add(part);
    }

    @Override
    public void close() {
        parts.close();
    }
}
