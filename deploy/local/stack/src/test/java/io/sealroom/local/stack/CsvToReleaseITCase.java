package io.sealroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.cli.ExitCodes;
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
import io.sealroom.local.parts.Await;
import io.sealroom.pipeline.testing.ExpectedRelease;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.reference.BatchReference;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two files to releases on chain, through agents of their own, with the demo's policy and no
 * threshold: what the files say, counted in one batch, is what was released but for the noise, and
 * that is recomputed from the partners' noise seeds and the records in the topics.
 */
class CsvToReleaseITCase {

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BAD_LINES = 10;

    /** Demo's policy: epsilon 1 for a family with Laplace noise, so that a scale is its D1. */
    private static final List<MechanismEntry> OVERLAP =
            List.of(
                    laplace(Metric.OVERLAP_TOTAL, 3),
                    laplace(Metric.REACH, 3),
                    laplace(Metric.REACH, 3),
                    laplace(Metric.OVERLAP_CELL, 6));

    private static final List<MechanismEntry> LAST_TOUCH =
            List.of(laplace(Metric.COUNT, 4_000_000), laplace(Metric.VALUE, 80_000));

    /** The value's rho is a half, so that the variance is D2 squared. */
    private static final List<MechanismEntry> POSITION =
            List.of(
                    laplace(Metric.COUNT, 4_000_000),
                    mechanism(Metric.VALUE, MechanismEntry.DISCRETE_GAUSSIAN, 3_200_000_000L),
                    laplace(Metric.CONVERTERS, 16),
                    laplace(Metric.CAPS, 1));

    private static MechanismEntry laplace(Metric metric, long scale) {
        return mechanism(metric, MechanismEntry.DISCRETE_LAPLACE, scale);
    }

    private static MechanismEntry mechanism(Metric metric, int mechanism, long parameter) {
        return new MechanismEntry(
                metric, mechanism, BigInteger.valueOf(parameter), BigInteger.ONE, BigInteger.ZERO);
    }

    @Test
    void releases_untidyFiles_minusNoiseEqualBatchReferenceAndStandOnChain(@TempDir Path run)
            throws Exception {
        Path keys = run.resolve("keys");
        KeyGeneration.generate(keys, DemoPolicy.PARTNERS, DemoPolicy.nodes(1));
        Path policyFile = run.resolve("policy.yaml");
        Files.writeString(
                policyFile,
                DemoPolicy.render(keys, LocalStack.LEDGER)
                        .replace("threshold: 25", "threshold: 0"));
        Policy policy = PolicyFile.read(policyFile);
        Campaign campaign = campaign(policy, run.resolve("input"));

        try (LocalStack stack = LocalStack.start(run)) {
            LocalRoom room = stack.open(policyFile, policy, keys);
            List<PendingRelease> releases = released(stack, room, run, campaign);

            List<HistoryEvent> history = history(room, run, campaign);
            EventLog log = EventLog.read(room, stack.kafka());
            assertThat(log.events()).hasSize(history.size());
            Map<QueryWindow, List<BigInteger>> exact = BatchReference.totals(policy, history);
            // A reference that finds nothing would let a pipeline that does nothing pass.
            assertThat(exact.values()).allMatch(rows -> rows.get(0).signum() > 0);
            ExpectedRelease expected =
                    new ExpectedRelease(policy, room.room().identity(policy), log, exact);
            assertThat(releases).hasSize(expected.windows());
            assertThat(windows(releases)).isEqualTo(exact.keySet());
            for (PendingRelease release : releases) {
                ReleaseDocument document = release.document();
                assertThat(document.mechanisms())
                        .isEqualTo(mechanisms(policy.query(document.query())));
                expected.check(release);
            }
            requireOnChain(room, stack.rpcUrl(), releases);
            requireAudited(room, stack);
        }
    }

    /** The node's own replay, held against the chain and against what it released. */
    private static void requireAudited(LocalRoom room, LocalStack stack) {
        String node = room.policy().nodes().get(0).name();
        StringWriter out = new StringWriter();
        int exitCode =
                Sealroom.commandLine(RoomSource.jsonRpc())
                        .setOut(new PrintWriter(out))
                        .execute(
                                "audit",
                                "--policy",
                                room.policyFile().toString(),
                                "--room-file",
                                room.roomFile().toString(),
                                "--kafka",
                                stack.kafka(),
                                "--rpc",
                                stack.rpcUrl(),
                                "--node",
                                node,
                                "--node-keys",
                                room.nodeKeys(node).toString(),
                                "--releases-of",
                                node);
        int windows = windows(room.policy());
        assertThat(out.toString())
                .contains(
                        String.format(
                                "%d windows of queries: %d same, 0 withheld, 0 not published yet, 0"
                                        + " not sealed yet, 0 differs",
                                windows, windows));
        assertThat(exitCode).isEqualTo(ExitCodes.OK);
    }

    private static Campaign campaign(Policy policy, Path directory) throws IOException {
        return CampaignGenerator.write(
                new CampaignOptions(
                        20260105,
                        1_500,
                        300,
                        250,
                        Instant.ofEpochMilli(policy.startMillis()),
                        3,
                        policy.cells(),
                        BAD_LINES),
                directory);
    }

    private static List<Path> files(Campaign campaign) {
        return List.of(campaign.exposures(), campaign.conversions());
    }

    /** Runs jobs and agents until every window is final on chain. */
    private static List<PendingRelease> released(
            LocalStack stack, LocalRoom room, Path run, Campaign campaign) throws IOException {
        String node = room.policy().nodes().get(0).name();
        LocalJobs jobs =
                stack.add(
                        LocalJobs.start(
                                stack.settings(room, node),
                                room.nodeKeys(node),
                                stack.rpcUrl(),
                                2,
                                run.resolve("checkpoints")));
        List<AgentProcess> agents = new ArrayList<>();
        for (int i = 0; i < DemoPolicy.PARTNERS.size(); i++) {
            String partner = DemoPolicy.PARTNERS.get(i);
            agents.add(
                    stack.add(
                            AgentProcess.start(
                                    room,
                                    stack.kafka(),
                                    partner,
                                    files(campaign).get(i),
                                    run.resolve(partner),
                                    progress -> {})));
        }
        int windows = windows(room.policy());
        try (ReleaseWatch watch = new ReleaseWatch(stack.kafka(), room.policy(), node)) {
            Await.until(
                    windows + " windows final on chain",
                    DEADLINE,
                    () -> {
                        watch.poll(POLL);
                        requireRunning(jobs, agents, run);
                        return watch.releases().size() + watch.withheld().size() >= windows;
                    });
            assertThat(watch.withheld()).isEmpty();
            return watch.releases().stream().map(Release::pending).toList();
        }
    }

    private static int windows(Policy policy) {
        long length = policy.endMillis() - policy.startMillis();
        return policy.queries().stream()
                .mapToInt(query -> Math.toIntExact(length / query.windowMillis()))
                .sum();
    }

    private static void requireRunning(LocalJobs jobs, List<AgentProcess> agents, Path run) {
        try {
            jobs.requireRunning();
            for (AgentProcess agent : agents) {
                if (agent.exitCode() >= 0) {
                    throw new IllegalStateException(
                            String.format(
                                    "the agent of %s ended with code %d: %s",
                                    agent.partner(),
                                    agent.exitCode(),
                                    Files.readString(
                                            run.resolve(agent.partner()).resolve("agent.log"))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What both files say, once it is sure that the agents refused what they had to and no more.
     */
    private static List<HistoryEvent> history(LocalRoom room, Path run, Campaign campaign)
            throws IOException {
        List<HistoryEvent> history = new ArrayList<>();
        for (int i = 0; i < DemoPolicy.PARTNERS.size(); i++) {
            String partner = DemoPolicy.PARTNERS.get(i);
            CampaignHistory file =
                    new CampaignHistory(
                            room.policy(),
                            PartnerKeys.read(room.partnerKeys(partner)),
                            files(campaign).get(i));
            assertThat(file.badLines()).hasSize(BAD_LINES / 2);
            assertThat(file.repeatedLines()).isNotEmpty();
            Set<Long> refused = new HashSet<>(file.badLines());
            refused.addAll(file.repeatedLines());
            Path rejects = run.resolve(partner).resolve("rejects.csv");
            assertThat(CampaignHistory.rejectedLines(rejects)).isEqualTo(refused);
            List<HistoryEvent> events = file.without(refused);
            List<Long> times = events.stream().map(entry -> entry.event().eventTime()).toList();
            assertThat(times).isNotEqualTo(times.stream().sorted().toList());
            history.addAll(events);
        }
        return history;
    }

    private static Set<QueryWindow> windows(List<PendingRelease> releases) {
        Set<QueryWindow> windows = new HashSet<>();
        for (PendingRelease release : releases) {
            windows.add(new QueryWindow(release.document().query(), release.document().start()));
        }
        return windows;
    }

    private static List<MechanismEntry> mechanisms(Query query) {
        if (query instanceof OverlapQuery) {
            return OVERLAP;
        }
        return query.name().equals("phone-position") ? POSITION : LAST_TOUCH;
    }

    private static void requireOnChain(LocalRoom room, String rpcUrl, List<PendingRelease> releases)
            throws IOException {
        RoomLocation location =
                new RoomLocation(
                        room.room().chainId(),
                        new Account(room.room().contract().hex()),
                        Word.of(room.policy().hash().toBytes()));
        try (RoomContract contract = Web3jRoom.connect(RoomEndpoint.readOnly(rpcUrl, location))) {
            for (PendingRelease release : releases) {
                ReleaseDocument document = release.document();
                Word query = Word.of(document.queryId().toBytes());
                assertThat(contract.releaseHash(query, document.start()))
                        .isEqualTo(Optional.of(Word.of(document.releaseHash().toBytes())));
            }
        }
    }
}
