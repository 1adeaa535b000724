package io.sealroom.local.stack;

import io.sealroom.cli.Sealroom;
import io.sealroom.cli.verify.RoomSource;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.contracts.Word;
import io.sealroom.local.campaign.Campaign;
import io.sealroom.local.campaign.CampaignGenerator;
import io.sealroom.local.campaign.CampaignOptions;
import io.sealroom.privacy.oprf.SeedStore;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.privacy.secret.NodeKeys;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.schemas.policy.Node;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All of Sealroom on one machine: two files go in, verified releases come out. */
@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "Runs two partners, nodes, a broker and a chain on this machine, and verifies what comes out.",
            "Exit code: 0 all verified, 1 something withheld or not verified, 2 bad input, 3 a part failed."
        })
public final class Demo implements Callable<Integer> {

    static final int MISMATCH = 1;
    static final int BAD_INPUT = 2;
    static final int FAILED = 3;

    private static final Duration DEADLINE = Duration.ofMinutes(20);
    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin private DemoOptions options = new DemoOptions();

    private final Console console = new Console(System.out, System.nanoTime());

    private Demo() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Demo()).execute(arguments));
    }

    @Override
    public Integer call() {
        try {
            requireNodes();
            Path run = RunDirectory.fresh(options.run.toAbsolutePath().normalize());
            Path keys = keys(run);
            Path policyFile = policyFile(run, keys);
            Policy policy = PolicyFile.read(policyFile);
            requireRunnable(policy);
            requireKeys(keys, policy);
            List<Path> inputs = inputs(run, policy);
            return run(run, keys, policyFile, policy, inputs);
        } catch (BadInputException | PolicyException e) {
            System.err.println(e.getMessage());
            return BAD_INPUT;
        } catch (IOException e) {
            System.err.println("the demo failed: " + e.getMessage());
            return FAILED;
        }
    }

    /** Something that the caller gave cannot be used. */
    private static final class BadInputException extends Exception {
        private static final long serialVersionUID = 1L;

        BadInputException(String message) {
            super(message);
        }
    }

    private int run(Path run, Path keys, Path policyFile, Policy policy, List<Path> inputs)
            throws IOException {
        console.step("starting a Kafka broker and an EVM node");
        try (LocalStack stack = LocalStack.start(run)) {
            LocalRoom room = stack.open(policyFile, policy, keys);
            console.step("room " + policy.room() + " at " + room.room().contract());
            List<NodeProcess> nodes = new ArrayList<>();
            for (Node node : policy.nodes()) {
                nodes.add(
                        stack.add(
                                NodeProcess.start(
                                        room,
                                        stack,
                                        node.name(),
                                        options.parallelism,
                                        run.resolve(node.name()),
                                        console::step)));
            }
            console.step("starting the partners' agents");
            List<AgentProcess> agents = new ArrayList<>();
            for (int i = 0; i < DemoPolicy.PARTNERS.size(); i++) {
                String partner = DemoPolicy.PARTNERS.get(i);
                agents.add(
                        stack.add(
                                AgentProcess.start(
                                        room,
                                        stack.kafka(),
                                        partner,
                                        inputs.get(i),
                                        run.resolve(partner),
                                        console::step)));
            }
            List<ReleaseWatch> watches = new ArrayList<>();
            for (Node node : policy.nodes()) {
                watches.add(stack.add(new ReleaseWatch(stack.kafka(), policy, node.name())));
            }
            await(watches, nodes, agents, windows(policy));
            int code = conclude(run, room, stack, watches);
            if (options.keep) {
                keep(stack, room);
            }
            return code;
        }
    }

    private static int windows(Policy policy) {
        long length = policy.endMillis() - policy.startMillis();
        return policy.queries().stream()
                .mapToInt(query -> Math.toIntExact(length / query.windowMillis()))
                .sum();
    }

    /** Until every node has every window; the first one's progress is told. */
    private void await(
            List<ReleaseWatch> watches,
            List<NodeProcess> nodes,
            List<AgentProcess> agents,
            int expected)
            throws IOException {
        long start = System.nanoTime();
        ReleaseWatch first = watches.get(0);
        while (watches.stream().anyMatch(watch -> watch.windows() < expected)) {
            for (ReleaseWatch watch : watches) {
                if (watch.poll(POLL.dividedBy(watches.size())) && watch == first) {
                    console.step(
                            String.format(
                                    "%d of %d windows final on chain",
                                    first.releases().size(), expected));
                }
            }
            for (NodeProcess node : nodes) {
                requireRunning(node.exitCode(), "node " + node.node(), "node.log and demo.log");
            }
            for (AgentProcess agent : agents) {
                requireRunning(agent.exitCode(), "the agent of " + agent.partner(), "agent.log");
            }
            if (System.nanoTime() - start > DEADLINE.toNanos()) {
                throw new IOException("not all windows came within " + DEADLINE);
            }
        }
    }

    private static void requireRunning(int exitCode, String who, String logs) throws IOException {
        if (exitCode >= 0) {
            throw new IOException(
                    String.format("%s ended with code %d; see its %s", who, exitCode, logs));
        }
    }

    private int conclude(Path run, LocalRoom room, LocalStack stack, List<ReleaseWatch> watches)
            throws IOException {
        ReleaseWatch watch = watches.get(0);
        List<Release> releases = watch.releases();
        Path file = run.resolve("releases.jsonl");
        Files.write(
                file, releases.stream().map(ReleaseJson::line).toList(), StandardCharsets.UTF_8);
        if (options.out != null) {
            Files.copy(file, options.out, StandardCopyOption.REPLACE_EXISTING);
        }
        ReleaseTable.lines(releases, verified(room, stack, releases)).forEach(console::plain);
        for (Withheld withheld : watch.withheld()) {
            console.plain(
                    String.format(
                            "%s %s WITHHELD %s",
                            Instant.ofEpochMilli(withheld.start()),
                            withheld.query(),
                            withheld.reason()));
        }
        console.plain("");
        boolean good =
                sealroom(
                        "verify",
                        "--releases",
                        file.toString(),
                        "--rpc",
                        stack.rpcUrl(),
                        "--contract",
                        room.room().contract().hex());
        if (watches.size() > 1) {
            // Both, whatever the first says: they name different culprits.
            boolean identical = identical(room, watches);
            boolean agreed = signatures(room, stack);
            good = good && identical && agreed;
        }
        return good && watch.withheld().isEmpty() ? 0 : MISMATCH;
    }

    /** What a person would do next, in this process. */
    private boolean sealroom(String... arguments) {
        console.step("sealroom " + String.join(" ", arguments));
        return Sealroom.commandLine(RoomSource.jsonRpc()).execute(arguments) == 0;
    }

    private boolean signatures(LocalRoom room, LocalStack stack) {
        return sealroom(
                "signatures",
                "--policy",
                room.policyFile().toString(),
                "--room-file",
                room.roomFile().toString(),
                "--kafka",
                stack.kafka());
    }

    /** Every node must have released the same bytes, whatever the order. */
    private boolean identical(LocalRoom room, List<ReleaseWatch> watches) {
        Set<String> expected = lines(watches.get(0));
        boolean all = true;
        for (int i = 1; i < watches.size(); i++) {
            boolean same = lines(watches.get(i)).equals(expected);
            all &= same;
            console.step(
                    String.format(
                            "%s released %s %s",
                            room.policy().nodes().get(i).name(),
                            same ? "the same bytes as" : "OTHER BYTES than",
                            room.policy().nodes().get(0).name()));
        }
        return all;
    }

    private static Set<String> lines(ReleaseWatch watch) {
        return watch.releases().stream().map(ReleaseJson::line).collect(Collectors.toSet());
    }

    private static List<Boolean> verified(LocalRoom room, LocalStack stack, List<Release> releases)
            throws IOException {
        RoomLocation location =
                new RoomLocation(
                        room.room().chainId(),
                        new Account(room.room().contract().hex()),
                        Word.of(room.policy().hash().toBytes()));
        List<Boolean> verified = new ArrayList<>();
        try (RoomContract contract =
                Web3jRoom.connect(RoomEndpoint.readOnly(stack.rpcUrl(), location))) {
            for (Release release : releases) {
                ReleaseDocument document = release.pending().document();
                Optional<Word> stored =
                        contract.releaseHash(
                                Word.of(document.queryId().toBytes()), document.start());
                Word recomputed = Word.of(document.releaseHash().toBytes());
                verified.add(
                        ReleaseRules.faults(release.pending()).isEmpty()
                                && stored.equals(Optional.of(recomputed)));
            }
        }
        return verified;
    }

    private void keep(LocalStack stack, LocalRoom room) {
        console.plain(
                String.format(
                        "kept until Ctrl-C: --kafka %s --rpc %s --contract %s",
                        stack.kafka(), stack.rpcUrl(), room.room().contract()));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path keys(Path run) throws IOException, BadInputException {
        if (options.keys == null) {
            if (options.policy != null) {
                throw new BadInputException("--policy names keys, so it needs --keys");
            }
            Path keys = run.resolve("keys");
            KeyGeneration.generate(keys, DemoPolicy.PARTNERS, DemoPolicy.nodes(options.nodes));
            return keys;
        }
        return options.keys;
    }

    private Path policyFile(Path run, Path keys) throws IOException, BadInputException {
        if (options.policy != null) {
            return requireReadable("--policy", options.policy);
        }
        Path file = run.resolve("policy.yaml");
        Files.writeString(file, DemoPolicy.render(keys, LocalStack.LEDGER), StandardCharsets.UTF_8);
        return file;
    }

    private void requireNodes() throws BadInputException {
        if (options.nodes != 1 && options.nodes != 3) {
            throw new BadInputException("--nodes: must be 1 or 3");
        }
    }

    /** What the demo's own chain and keys can do. */
    private void requireRunnable(Policy policy) throws BadInputException {
        for (String name : DemoPolicy.PARTNERS) {
            if (policy.partnerIndex(name).isEmpty()) {
                throw new BadInputException("--policy: the demo needs a partner " + name);
            }
        }
        if (policy.partners().size() != DemoPolicy.PARTNERS.size()) {
            throw new BadInputException("--policy: the demo runs two partners");
        }
        if (policy.nodes().size() != options.nodes) {
            throw new BadInputException(
                    String.format(
                            "--nodes: is %d, the %s has %d",
                            options.nodes,
                            options.policy == null ? "directory of --keys" : "policy",
                            policy.nodes().size()));
        }
        for (Partner partner : policy.partners()) {
            if (!partner.approver().equals(partner.address())) {
                throw new BadInputException(
                        "--policy: the demo has no key of the approver of " + partner.name());
            }
        }
        if (!policy.ledger().equals(LocalStack.LEDGER)) {
            throw new BadInputException(
                    "--policy: the ledger of the demo's chain is " + LocalStack.LEDGER);
        }
    }

    /**
     * Before anything starts: a key file that others can read, or that is not the policy's, ends
     * the demo.
     */
    private static void requireKeys(Path keys, Policy policy) throws BadInputException {
        try {
            for (String partner : DemoPolicy.PARTNERS) {
                PartnerKeys.read(KeyGeneration.partnerFile(keys, partner));
                SeedStore.open(KeyGeneration.seedFile(keys, partner), partner, policy);
            }
            for (Node node : policy.nodes()) {
                NodeKeys.read(KeyGeneration.nodeFile(keys, node.name()));
            }
        } catch (IOException e) {
            throw new BadInputException("--keys: " + e.getMessage());
        }
    }

    private List<Path> inputs(Path run, Policy policy) throws IOException, BadInputException {
        if (options.exposures != null && options.conversions != null) {
            return List.of(
                    requireReadable("--exposures", options.exposures),
                    requireReadable("--conversions", options.conversions));
        }
        if (options.exposures != null || options.conversions != null) {
            throw new BadInputException("--exposures and --conversions go together");
        }
        Instant start = Instant.ofEpochMilli(policy.startMillis());
        CampaignOptions campaign =
                options.small
                        ? CampaignOptions.small(options.seed, start, policy.cells())
                        : CampaignOptions.standard(options.seed, start, policy.cells());
        Campaign written =
                CampaignGenerator.write(campaign, Files.createDirectories(run.resolve("input")));
        console.step(
                String.format(
                        "campaign of seed %d: %d exposures, %d conversions",
                        options.seed, written.exposureLines(), written.conversionLines()));
        return List.of(written.exposures(), written.conversions());
    }

    private static Path requireReadable(String option, Path file) throws BadInputException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new BadInputException(option + ": cannot read " + file);
        }
        return file;
    }
}
