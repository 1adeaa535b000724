package io.sealroom.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.schemas.release.ReleaseJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyCommandTest {

    private final InMemoryRoom room =
            InMemoryRoom.active(
                    SampleRoom.CHAIN_ID, SampleRoom.CONTRACT, SampleRoom.configuration());

    private final Path directory;

    VerifyCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void publishSample() throws ReleaseJsonException {
        SampleRoom.publish(room);
    }

    private Run verify(Path releases, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "verify",
                                "--releases",
                                releases.toString(),
                                "--rpc",
                                "http://127.0.0.1:1",
                                "--contract",
                                SampleRoom.CONTRACT.hex()));
        args.addAll(List.of(more));
        return Run.with(new InMemorySource(room), args.toArray(String[]::new));
    }

    private Path file(String... lines) throws IOException {
        return Files.write(directory.resolve("releases.jsonl"), List.of(lines));
    }

    @Test
    void sample_itsMaker_writesTheCommittedFile() throws IOException {
        assertThat(Files.readString(SampleRoom.releasesFile())).isEqualTo(SampleReleases.text());
    }

    @Test
    void verify_sampleUnderItsPolicy_isVerified() {
        Run run = verify(SampleRoom.releasesFile(), "--policy", SampleRoom.policyFile().toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void verify_json_isAnObjectALine() throws IOException {
        Run run = verify(file(SampleRoom.lines().get(1), "nonsense"), "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        List<JsonNode> objects = new ArrayList<>();
        for (String line : run.outLines()) {
            objects.add(new ObjectMapper().readTree(line));
        }
        assertThat(objects.get(0).toString())
                .isEqualTo(
                        "{\"line\":1,\"query\":\"email-last-touch\","
                                + "\"window\":\"2026-01-05T00:00:00Z/2026-01-05T01:00:00Z\","
                                + "\"rows\":8,\"verdict\":\"verified\",\"faults\":[]}");
        assertThat(objects.get(1).required("line").intValue()).isEqualTo(2);
        assertThat(objects.get(1).required("verdict").textValue()).isEqualTo("mismatch");
        assertThat(objects.get(1).required("faults")).hasSize(1);
        assertThat(objects.get(2).toString())
                .isEqualTo("{\"releases\":2,\"verified\":1,\"mismatches\":1,\"unchecked\":0}");
    }

    @Test
    void verify_malformedLine_isMismatchAndOthersAreStillVerified() throws IOException {
        Run run =
                verify(
                        file(
                                SampleRoom.lines().get(0),
                                "{\"secret\":1}",
                                SampleRoom.lines().get(1)));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.outLines().get(1))
                .isEqualTo("line 2: mismatch: not a release: line 2: room: is missing");
        assertThat(run.outLines().get(2)).endsWith(": verified");
    }

    @Test
    void verify_blankLineOrNoLine_isMismatch() throws IOException {
        assertThat(verify(file(SampleRoom.lines().get(0), "")).exitCode())
                .isEqualTo(ExitCodes.MISMATCH);
        assertThat(verify(file()).exitCode()).isEqualTo(ExitCodes.MISMATCH);
    }

    @Test
    void verify_notUtf8_isMismatch() throws IOException {
        Path file = file(SampleRoom.lines().get(0));
        Files.write(file, "\u00fc".getBytes(StandardCharsets.ISO_8859_1));
        Run run = verify(file);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out()).contains("not UTF-8");
    }

    @Test
    void verify_releaseTwice_isMismatch() throws IOException {
        String line = SampleRoom.lines().get(0);
        Run run = verify(file(line, line));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.outLines().get(0)).endsWith(": verified");
        assertThat(run.outLines().get(1)).endsWith("the same query and window as line 1");
    }

    @Test
    void verify_chainAway_isUnavailable() {
        room.setAway(true);
        Run run = verify(SampleRoom.releasesFile());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.out()).contains("4 releases: 0 verified, 0 mismatches, 4 unchecked");
    }

    @Test
    void verify_chainAwayAndFileInconsistent_isMismatch() throws IOException {
        room.setAway(true);
        Run run = verify(file(Tampering.VALUE_CHANGED.applied(SampleRoom.lines().get(0))));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out()).contains("root: stated");
    }

    @Test
    void verify_releaseThatTheChainHasNot_saysSo() throws Exception {
        Run run =
                verify(
                        file(
                                Tampering.WINDOW_MOVED.appliedWithItsHashes(
                                        SampleRoom.lines().get(0))));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out())
                .contains("release hash: the chain has none for this window")
                .contains("totals commitments: the chain has none for this window");
    }

    /** A policy alone finds what is no result of it, even while the chain is away. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "ROW_DROPPED",
                "ROW_ADDED",
                "NOISE_CHANGED",
                "COMMITMENT_CHANGED",
                "PARTNERS_EXCHANGED",
                "WINDOW_STRETCHED",
                "QUERY_RENAMED",
                "ROOM_RENAMED",
                "SEMANTICS_CHANGED",
                "POLICY_CHANGED"
            })
    void verify_againstPolicyWithChainAway_isMismatch(Tampering tampering) throws Exception {
        room.setAway(true);
        Run run =
                verify(
                        file(tampering.appliedWithItsHashes(SampleRoom.lines().get(1))),
                        "--policy",
                        SampleRoom.policyFile().toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out()).containsAnyOf(": policy: ", "not signed with its key");
    }

    @Test
    void verify_badUsage_isUsageWithoutOutput() throws IOException {
        Path sample = SampleRoom.releasesFile();
        List<Run> runs =
                List.of(
                        Run.of("verify"),
                        verify(directory.resolve("none.jsonl")),
                        verify(directory),
                        verify(sample, "--policy", directory.resolve("none.yaml").toString()),
                        verify(sample, "--policy", sample.toString()),
                        verify(sample, "--timeout", "soon"),
                        verify(sample, "--surplus"),
                        Run.of(
                                "verify",
                                "--releases",
                                sample.toString(),
                                "--rpc",
                                "http://127.0.0.1:1",
                                "--contract",
                                "0x12"),
                        Run.of(
                                "verify",
                                "--releases",
                                sample.toString(),
                                "--rpc",
                                "ftp://credential@host/",
                                "--contract",
                                SampleRoom.CONTRACT.hex()));
        for (Run run : runs) {
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.USAGE);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).isNotEmpty().doesNotContain("\tat ").doesNotContain("credential");
        }
    }
}
