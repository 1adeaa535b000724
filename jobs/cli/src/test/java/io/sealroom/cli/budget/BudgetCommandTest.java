package io.sealroom.cli.budget;

import static io.sealroom.cli.SampleChain.json;
import static io.sealroom.cli.SampleChain.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Inputs;
import io.sealroom.cli.Run;
import io.sealroom.cli.SampleChain;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.Word;
import io.sealroom.local.parts.Ports;
import io.sealroom.partner.ceremony.RoomConfigurations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetCommandTest {

    private static SampleChain sample;
    private static Path policy;
    private static Account published;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        sample = SampleChain.start(directory);
        sample.registerAll();
        policy = SampleRoom.policyFile();
        published = sample.open(policy);
        try (RoomContract room = sample.connect(policy, published)) {
            SampleRoom.publish(room);
        }
    }

    @AfterAll
    static void stop() {
        if (sample != null) {
            sample.close();
        }
    }

    private static Run budget(Account room, String... more) {
        List<String> args = new ArrayList<>(List.of("budget", "--room", room.hex()));
        args.addAll(List.of(more));
        return sample.run(args.toArray(String[]::new));
    }

    private static Run register(String dataset, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "budget",
                                "register",
                                "--dataset",
                                dataset,
                                "--ledger",
                                SampleRoom.LEDGER.hex(),
                                "--key",
                                sample.partnerKeys(0).toString()));
        args.addAll(List.of(more));
        return sample.run(args.toArray(String[]::new));
    }

    private static Run allow(String dataset, Account room, long allowance) {
        return allow(
                dataset,
                room,
                RoomDigests.configurationHash(RoomConfigurations.of(Inputs.policy(policy))),
                allowance);
    }

    private static Run allow(String dataset, Account room, Word configuration, long allowance) {
        return sample.run(
                "budget",
                "allow",
                "--dataset",
                dataset,
                "--contract",
                room.hex(),
                "--configuration",
                configuration.toString(),
                "--allowance",
                Long.toString(allowance),
                "--ledger",
                SampleRoom.LEDGER.hex(),
                "--key",
                sample.partnerKeys(0).toString());
    }

    @Test
    void budget_published_saysWhoSpentWhatAndWhatIsLeft() {
        JsonNode report = json(budget(published, "--policy", policy.toString()));
        JsonNode publisher = report.at("/datasets/0");
        assertThat(publisher.required("dataset").textValue()).isEqualTo("publisher");
        assertThat(publisher.required("limitPerPeriod").longValue()).isEqualTo(SampleChain.LIMIT);
        assertThat(publisher.required("allowance").longValue()).isEqualTo(9_000_000);
        assertThat(publisher.required("spent").longValue()).isEqualTo(9_000_000);
        assertThat(publisher.required("left").longValue()).isZero();
        long epoch = SampleRoom.policy().firstEpoch();
        assertThat(publisher.at("/spentInPeriod/" + epoch).longValue())
                .isGreaterThanOrEqualTo(9_000_000);
        // Two windows of each query, one charge.
        assertThat(report.required("charges")).hasSize(2);
        JsonNode charge = report.at("/charges/0");
        assertThat(charge.required("query").textValue()).isEqualTo("email-overlap");
        assertThat(charge.required("epoch").longValue()).isEqualTo(epoch);
        assertThat(charge.required("window").textValue()).isEqualTo("2026-01-05T00:00:00Z");
        assertThat(charge.required("amount").longValue()).isEqualTo(8_000_000);
        assertThat(charge.required("transaction").textValue()).matches("0x[0-9a-f]{64}");
        assertThat(charge.required("datasets").toString())
                .isEqualTo("[\"publisher\",\"advertiser\"]");
        assertThat(report.at("/next/queries/0/paid").booleanValue()).isTrue();
        assertThat(report.at("/next/affordable").booleanValue()).isTrue();
    }

    /** Anybody may register anything in a ledger that rooms share. */
    @Test
    void budget_strangerRegistersTheLargestLimits_isAsBefore() throws Exception {
        sample.send(
                SampleRoom.LEDGER,
                RoomDigests.id("register(bytes32,uint64,uint32,uint64)").toString().substring(0, 10)
                        + "11".repeat(32)
                        + "00".repeat(24)
                        + "ff".repeat(8)
                        + "00".repeat(28)
                        + "ff".repeat(4)
                        + "00".repeat(24)
                        + "ff".repeat(8));
        JsonNode report = json(budget(published, "--policy", policy.toString()));
        assertThat(report.required("charges")).hasSize(2);
    }

    @Test
    void budget_otherRoom_seesTheFirstOnesCharges() throws IOException {
        Account other = sample.open(policy);
        JsonNode report = json(budget(other));
        assertThat(report.required("charges")).isEmpty();
        assertThat(report.required("others")).hasSize(2);
        assertThat(report.at("/others/0/room").textValue()).isEqualTo(published.hex());
        assertThat(report.at("/next/queries/0/paid").booleanValue()).isFalse();
        assertThat(report.at("/next/affordable").booleanValue()).isTrue();
    }

    /** Each alone could be paid; both cannot. */
    @Test
    void budget_allowanceForOneQuery_isNotAffordable() throws IOException {
        Account poor = sample.open(policy, "--allowance", "8500000");
        Run run = budget(poor, "--policy", policy.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        JsonNode next = object(run).required("next");
        assertThat(next.required("affordable").booleanValue()).isFalse();
        assertThat(next.at("/queries/0/affordable").booleanValue()).isTrue();
        assertThat(next.at("/queries/1/affordable").booleanValue()).isFalse();
        assertThat(next.at("/queries/1/shortOf").textValue()).isEqualTo("publisher");

        Run text = sample.text("budget", "--contract", poor.hex(), "--policy", policy.toString());
        assertThat(text.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(text.out())
                .contains("this room: 8500000 allowed, 0 spent, 8500000 left")
                .contains("email-overlap: 8000000, affordable")
                .contains("email-last-touch: 1000000, NOT affordable, short of publisher")
                .contains("other room: " + published);

        json(allow("publisher", poor, 9_000_000));
        assertThat(budget(poor, "--policy", policy.toString()).exitCode())
                .as("the advertiser's allowance is short still")
                .isEqualTo(ExitCodes.MISMATCH);
    }

    @Test
    void budget_datasetNotRegistered_saysSo() throws IOException {
        Path unregistered =
                sample.policy(
                        "unregistered",
                        "{name: publisher, address:",
                        "{name: publisher, dataset: none-yet, address:");
        Account room = sample.create(unregistered);
        Run run = budget(room, "--policy", unregistered.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(object(run).at("/datasets/0/registered").booleanValue()).isFalse();
        assertThat(sample.text("budget", "--room", room.hex()).out()).contains("NOT registered");
    }

    /** Whoever thinks of another room reads what is left of the same data sets. */
    @Test
    void policyCheck_ledger_isHeldAgainstItsLimits() throws IOException {
        JsonNode report = json(sample.run("policy", "check", policy.toString()));
        JsonNode limits = report.at("/datasets/0/limits");
        assertThat(limits.required("perPeriod").longValue()).isEqualTo(SampleChain.LIMIT);
        assertThat(limits.required("forLife").longValue()).isEqualTo(SampleChain.LIMIT);
        assertThat(limits.required("allowed").longValue()).isGreaterThanOrEqualTo(9_000_000);
        long epoch = SampleRoom.policy().firstEpoch();
        assertThat(limits.at("/spentInPeriod/" + epoch).longValue())
                .isGreaterThanOrEqualTo(9_000_000);

        // 996,000,000: the limit is above that, and what is left of it below.
        Path dear =
                sample.policy(
                        "dear",
                        "epsilon: {total: \"2\", reach: \"2\", cells: \"2\"}",
                        "rho: {total: \"248.75\", reach: \"248.75\", cells: \"248.75\"}",
                        "{name: advertiser, address:",
                        "{name: advertiser, dataset: not-yet, address:");
        Run run = sample.run("policy", "check", dear.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(object(run).required("refusals"))
                .extracting(JsonNode::textValue)
                .satisfiesExactly(
                        text -> assertThat(text).contains("not-yet").contains("not registered"),
                        text -> assertThat(text).contains("in period " + epoch + " only"),
                        text -> assertThat(text).contains("of its limit for life"));
    }

    @Test
    void policyCheck_noLedgerThere_isRefusedWithAllElseShown() throws IOException {
        Path elsewhere =
                sample.policy("elsewhere", SampleRoom.LEDGER.hex(), "0x" + "ab".repeat(20));
        Run run = sample.text("policy", "check", elsewhere.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out())
                .contains("email-overlap: EMAIL identifiers")
                .contains("no BudgetLedger is there");
    }

    @Test
    void register_twice_stoodBeforeOrIsRefused() {
        String[] limits = {
            "--period", "P28D", "--limit-per-period", "10", "--limit-for-life", "20"
        };
        assertThat(json(register("twice", limits)).required("transaction").textValue())
                .startsWith("0x");
        assertThat(json(register("twice", limits)).required("transaction").isNull()).isTrue();

        limits[limits.length - 1] = "21";
        Run other = register("twice", limits);
        assertThat(other.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(other.err()).contains("AlreadyRegistered").contains("stand for ever");
    }

    @Test
    void allow_twice_stoodBefore() {
        Account room = sample.create(policy);
        assertThat(json(allow("publisher", room, 1)).required("transaction").textValue())
                .startsWith("0x");
        assertThat(json(allow("publisher", room, 1)).required("transaction").isNull()).isTrue();
    }

    @Test
    void allow_whatCannotBe_saysWhatToDo() {
        Account room = sample.create(policy);
        assertThat(allow("never-registered", room, 1).err())
                .contains("NotRegistered")
                .contains("run 'sealroom budget register'");
        assertThat(allow("publisher", SampleRoom.FACTORY, 1).err())
                .contains("NotARoom")
                .contains("not created by this ledger's factory");
        assertThat(allow("publisher", room, Word.ZERO, 1).err())
                .contains("ConfigurationDiffers")
                .contains("another room stands at this address");
        assertThat(allow("publisher", published, 1).err())
                .contains("AllowanceBelowSpent")
                .contains("spent more than that");
        assertThat(allow("publisher", room, SampleChain.LIMIT + 1).err())
                .contains("AllowancesAboveLimit")
                .contains("lower another room's first");
        json(
                register(
                        "daily",
                        "--period",
                        "P1D",
                        "--limit-per-period",
                        "1",
                        "--limit-for-life",
                        "1"));
        Run period = allow("daily", room, 1);
        assertThat(period.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(period.err()).contains("PeriodDiffers").contains("not the data set's period");
    }

    @Test
    void anyCommand_badUsage_isUsage() {
        String[] good = {"--period", "P28D", "--limit-per-period", "10", "--limit-for-life", "20"};
        List<Run> runs =
                List.of(
                        Run.of("budget"),
                        Run.of("budget", "--room", published.hex()),
                        Run.of("budget", "register"),
                        Run.of("budget", "allow"),
                        register("Spring Exposures", good),
                        register(
                                "x",
                                "--period",
                                "P28D",
                                "--limit-per-period",
                                "4294967296",
                                "--limit-for-life",
                                "20"),
                        register(
                                "x",
                                "--period",
                                "PT0S",
                                "--limit-per-period",
                                "1",
                                "--limit-for-life",
                                "20"),
                        allow("publisher", published, -1));
        for (Run run : runs) {
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.USAGE);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void budget_nobodyListens_isUnavailable() {
        Run run =
                Run.of(
                        "budget",
                        "--room",
                        published.hex(),
                        "--rpc",
                        "http://127.0.0.1:" + Ports.free() + "/credential");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.err()).doesNotContain("credential");
    }
}
