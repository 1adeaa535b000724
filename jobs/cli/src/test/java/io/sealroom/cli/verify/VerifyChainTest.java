package io.sealroom.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.cli.SampleChain;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.RoomContract;
import io.sealroom.local.parts.ChainOptions;
import io.sealroom.local.parts.LocalChain;
import io.sealroom.local.parts.Ports;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The committed sample against a real chain. */
class VerifyChainTest {

    private static SampleChain sample;
    private static LocalChain chain;

    private final Path directory;

    VerifyChainTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    static void publishSample(@TempDir Path shared) throws Exception {
        sample = opened(shared);
        chain = sample.chain();
        try (RoomContract room = sample.connect(SampleRoom.policyFile(), SampleRoom.CONTRACT)) {
            SampleRoom.publish(room);
        }
    }

    /** A chain of its own, so that the room is where the sample has it. */
    private static SampleChain opened(Path directory, String... moreOfApproval) throws IOException {
        SampleChain opened = SampleChain.start(directory);
        opened.registerAll();
        assertThat(opened.open(SampleRoom.policyFile(), moreOfApproval))
                .isEqualTo(SampleRoom.CONTRACT);
        return opened;
    }

    @AfterAll
    static void stop() {
        if (sample != null) {
            sample.close();
        }
    }

    private static Run verify(Path releases) {
        return verify(releases, chain.rpcUrl(), SampleRoom.CONTRACT.hex());
    }

    private static Run verify(Path releases, String rpcUrl, String contract) {
        return Run.of(
                "verify",
                "--releases",
                releases.toString(),
                "--rpc",
                rpcUrl,
                "--contract",
                contract);
    }

    /** The sample with one line changed. */
    private Path withLine(int position, String line) throws IOException {
        List<String> lines = new ArrayList<>(SampleRoom.lines());
        assertThat(lines.set(position, line)).isNotEqualTo(line);
        return Files.write(directory.resolve("releases.jsonl"), lines);
    }

    @Test
    void verify_committedSample_isVerified() {
        Run run = verify(SampleRoom.releasesFile());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.outLines())
                .containsExactly(
                        "2026-01-05T00:00:00Z/2026-01-05T01:00:00Z email-overlap 6 rows: verified",
                        "2026-01-05T00:00:00Z/2026-01-05T01:00:00Z email-last-touch 8 rows:"
                                + " verified",
                        "2026-01-05T01:00:00Z/2026-01-05T02:00:00Z email-overlap 6 rows: verified",
                        "2026-01-05T01:00:00Z/2026-01-05T02:00:00Z email-last-touch 8 rows:"
                                + " verified",
                        "4 releases: 4 verified, 0 mismatches, 0 unchecked");
        assertThat(run.err()).isEmpty();
    }

    private Run report(Path releases, Path page) {
        return Run.of(
                "report",
                "--releases",
                releases.toString(),
                "--policy",
                SampleRoom.policyFile().toString(),
                "--rpc",
                chain.rpcUrl(),
                "--contract",
                SampleRoom.CONTRACT.hex(),
                "--out",
                page.toString());
    }

    @Test
    void report_committedSample_saysVerifiedAndWhatWasPaid() throws IOException {
        Path page = directory.resolve("report.html");
        Run run = report(SampleRoom.releasesFile(), page);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).startsWith("4 releases: 4 verified, 0 consistent, 0 invalid");
        assertThat(Files.readString(page))
                .contains("<h2>Verified against the chain</h2>")
                .contains("All 4 releases: the hashes recomputed from the rows")
                .contains("Whether the file has all releases is not checked")
                .containsPattern("As of block \\d+;")
                .contains("<h3>On chain</h3>")
                .containsPattern(
                        "email-overlap</th><td>2025-12-18 00:00 to 2026-01-15 00:00</td>"
                                + "<td>2026-01-05 00:00</td><td class=\"number\">8,000,000</td>"
                                + "<td><code>0x[0-9a-f]{64}</code>")
                .containsPattern("publisher</th><td>[^<]*</td><td class=\"number\">9,000,000<")
                .doesNotContain("not verified against the chain", "no release of these queries");
    }

    @Test
    void report_onlySomeQueries_namesTheOthers() throws IOException {
        Path page = directory.resolve("report.html");
        Path overlaps =
                Files.write(
                        directory.resolve("overlaps.jsonl"),
                        List.of(SampleRoom.lines().get(0), SampleRoom.lines().get(2)));
        assertThat(report(overlaps, page).exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(Files.readString(page))
                .contains("It has no release of these queries: email-last-touch.");
    }

    @Test
    void report_withoutPolicy_namesTheQueriesOfCharges() throws IOException {
        Path page = directory.resolve("report.html");
        Run run =
                Run.of(
                        "report",
                        "--releases",
                        SampleRoom.releasesFile().toString(),
                        "--rpc",
                        chain.rpcUrl(),
                        "--contract",
                        SampleRoom.CONTRACT.hex(),
                        "--out",
                        page.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        assertThat(Files.readString(page))
                .contains("email-overlap</th><td>2025-12-18 00:00 to 2026-01-15 00:00</td>")
                .contains("email-last-touch</th><td>2025-12-18 00:00 to 2026-01-15 00:00</td>");
    }

    /** Consistent in itself: only the chain knows better, and then there is no number of it. */
    @Test
    void report_tamperedWithItsHashes_isInvalidWithoutItsNumbers() throws Exception {
        Path page = directory.resolve("report.html");
        String line = SampleRoom.lines().get(0).replace("\"1021\"", "\"987654\"");
        Release release = ReleaseJson.parse(line, 1);
        Release consistent =
                new Release(PendingRelease.of(release.pending().document()), release.receipt());
        Run run = report(withLine(0, ReleaseJson.line(consistent)), page);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out()).startsWith("4 releases: 3 verified, 0 consistent, 1 invalid");
        assertThat(Files.readString(page))
                .contains("<h2>Not valid</h2>")
                .contains("The others are verified against the chain.")
                .contains("line 1: release hash: is 0x")
                .doesNotContain("987,654");
    }

    /** The stated root and hash are still those on chain: they must not be what is compared. */
    @ParameterizedTest
    @EnumSource
    void verify_tampered_isMismatch(Tampering tampering) throws IOException {
        for (int position : List.of(0, 1)) {
            Run run =
                    verify(withLine(position, tampering.applied(SampleRoom.lines().get(position))));
            assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(run.outLines().get(position)).contains(": mismatch: ");
            assertThat(run.out()).contains("4 releases: 3 verified, 1 mismatches, 0 unchecked");
        }
    }

    /** A careful forger makes the file consistent: only the chain knows better. */
    @ParameterizedTest
    @EnumSource
    void verify_tamperedWithItsHashes_isMismatch(Tampering tampering) throws Exception {
        for (int position : List.of(0, 1)) {
            Run run =
                    verify(
                            withLine(
                                    position,
                                    tampering.appliedWithItsHashes(
                                            SampleRoom.lines().get(position))));
            assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(run.outLines().get(position)).contains(": mismatch: ");
        }
    }

    @Test
    void verify_budgetCouldNotPay_saysWithheld() throws Exception {
        try (SampleChain poor = opened(directory, "--allowance", "8000000");
                RoomContract room = poor.connect(SampleRoom.policyFile(), SampleRoom.CONTRACT)) {
            List<PublishOutcome> outcomes = room.publish(SampleRoom.offers().get(0));
            assertThat(outcomes.get(0)).isInstanceOf(PublishOutcome.Accepted.class);
            assertThat(outcomes.get(1)).isInstanceOf(PublishOutcome.Withheld.class);
            Run run =
                    verify(
                            SampleRoom.releasesFile(),
                            poor.chain().rpcUrl(),
                            SampleRoom.CONTRACT.hex());
            assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(run.outLines().get(0)).endsWith(": verified");
            assertThat(run.outLines().get(1))
                    .endsWith(
                            "release hash: the chain has withheld this window for ever, since the"
                                    + " budget could not pay");
        }
    }

    @Test
    void verify_noRoomAtTheAddress_isMismatch() {
        Run run = verify(SampleRoom.releasesFile(), chain.rpcUrl(), "0x" + "12".repeat(20));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out()).contains("made for the contract " + SampleRoom.CONTRACT);
    }

    @Test
    void verify_otherChain_isMismatch() throws IOException {
        try (LocalChain other = LocalChain.start(ChainOptions.defaults().withChainId(5))) {
            Run run = verify(SampleRoom.releasesFile(), other.rpcUrl(), SampleRoom.CONTRACT.hex());
            assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(run.out()).contains("made for another chain than the endpoint's");
        }
        try (LocalChain empty =
                LocalChain.start(ChainOptions.defaults().withChainId(SampleRoom.CHAIN_ID))) {
            Run run = verify(SampleRoom.releasesFile(), empty.rpcUrl(), SampleRoom.CONTRACT.hex());
            assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(run.out()).contains("the chain has no Room at this address");
        }
    }

    @Test
    void verify_nobodyListens_isUnavailable() throws IOException {
        Run run =
                verify(
                        SampleRoom.releasesFile(),
                        "http://127.0.0.1:" + Ports.free() + "/v3/credential",
                        SampleRoom.CONTRACT.hex());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.out()).contains("4 releases: 0 verified, 0 mismatches, 4 unchecked");
        assertThat(run.err())
                .contains("the chain endpoint does not answer")
                .doesNotContain("credential")
                .doesNotContain("\tat ");
    }
}
