package io.sealroom.cli.audit;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.PolicyOptions;
import io.sealroom.cli.RoomFileOptions;
import io.sealroom.cli.UsageException;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.kafka.CommittedTopics;
import io.sealroom.cli.kafka.KafkaOptions;
import io.sealroom.cli.verify.RoomSource;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.partner.ceremony.HttpUrl;
import io.sealroom.pipeline.NodeSettings;
import io.sealroom.pipeline.ReplayCounts;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom audit}. */
@Command(
        name = "audit",
        description = {
            "Computes a room's windows again and compares them with the contract.",
            "",
            "Reads the events topics from their first record to what is committed now, with the"
                    + " operators that the nodes run, in this process; nothing is written. For every"
                    + " window of every query in [--from, --to) it says 'same', or the first"
                    + " difference: in the heads (which partner, partition and offsets), the totals,"
                    + " the rows (if releases are given) or the hash. A window that is not sealed"
                    + " yet, or not published yet, is no difference.",
            "",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:nothing differs",
            " 1:the topics cannot be replayed under this policy, or the chain is another",
            " 2:wrong arguments, or a file among them that cannot be used",
            " 3:Kafka or the chain did not answer; nothing is known",
            " 4:a window differs, or there is evidence that somebody signed two things",
            "70:a fault of this program",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
public final class AuditCommand implements Callable<Integer> {

    private static final int PARALLELISM_MAX = 64;

    private final RoomSource rooms;

    @Spec private CommandSpec spec;

    @Mixin private PolicyOptions policyOptions;

    @Mixin private RoomFileOptions roomOptions;

    @Mixin private KafkaOptions kafka;

    @Option(
            names = "--rpc",
            required = true,
            paramLabel = "URL",
            converter = HttpUrl.Converter.class,
            description = "JSON-RPC endpoint of the chain.")
    private HttpUrl rpc;

    @Mixin private AuditorOptions auditor;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Start of the first window, as 2026-01-05T00:00:00Z (default: the room's).")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "End of the last window (default: the room's). Reading stops there.")
    private @Nullable Instant to;

    @Mixin private ReleasesOptions releases;

    @Option(
            names = "--against",
            paramLabel = "HOST:PORT[,...]",
            converter = KafkaOptions.Servers.class,
            description =
                    "Compare the events topics, record by record, with topics of the same names on"
                            + " this other Kafka.")
    private @Nullable String against;

    @Option(
            names = "--from-block",
            paramLabel = "N",
            description = "Read the contract's events from here (default: the room's creation).")
    private @Nullable Long fromBlock;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Threads of every stage (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Mixin private OutputOptions output;

    /**
     * @param rooms how to reach the contract
     */
    public AuditCommand(RoomSource rooms) {
        this.rooms = rooms;
    }

    @Override
    public Integer call() {
        if (parallelism < 1 || parallelism > PARALLELISM_MAX) {
            throw new UsageException("--parallelism must be from 1 to " + PARALLELISM_MAX);
        }
        Policy policy = policyOptions.policy();
        Period period = Period.of(policy, from, to);
        AuditorOptions.Recipient recipient = auditor.recipient(policy);
        RoomFile room = roomOptions.room();
        // Before the topics: see the package.
        ChainRecord chain = chain(policy, room, period);
        try (CommittedTopics log = new CommittedTopics(kafka.bootstrap(), kafka.timeout())) {
            AuditProgress progress =
                    new AuditProgress(spec.commandLine().getErr(), log, policy, kafka.timeout());
            List<CopyComparison.Differing> copies = copies(policy, log);
            Replayed replayed = new Replayed(policy, period, progress::say);
            Map<String, ReplayCounts> read =
                    AuditReplay.run(
                            new NodeSettings(policy, room, recipient.name(), kafka.bootstrap()),
                            recipient,
                            parallelism,
                            replayed);
            SealTrails trails = new SealTrails(policy, room.identity(policy), log);
            Released released = releases.read(policy, period, kafka);
            AuditReport report =
                    AuditReport.of(period, policy, chain, replayed, released, trails, read, copies);
            output.print(spec, report);
            return report.same() ? ExitCodes.OK : ExitCodes.DIFFERENCE;
        }
    }

    private ChainRecord chain(Policy policy, RoomFile file, Period period) {
        RoomIdentity identity = file.identity(policy);
        RoomLocation location =
                new RoomLocation(
                        identity.chainId(),
                        new Account(identity.contract().hex()),
                        ChainRecord.word(identity.policyHash()));
        try (RoomContract room = rooms.open(new Endpoint(rpc, kafka.timeout()), location)) {
            room.verify();
            return ChainRecord.read(
                    room, fromBlock == null ? file.deploymentBlock() : fromBlock, policy, period);
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }

    private List<CopyComparison.Differing> copies(Policy policy, CommittedTopics log) {
        if (against == null) {
            return List.of();
        }
        try (CommittedTopics copy = new CommittedTopics(against, kafka.timeout())) {
            return new CopyComparison(policy, log, copy).differences();
        }
    }
}
