package io.sealroom.cli.policy;

import static io.sealroom.cli.policy.SamplePolicies.OVERLAP;
import static io.sealroom.cli.policy.SamplePolicies.resource;
import static io.sealroom.cli.policy.SamplePolicies.with;
import static io.sealroom.cli.policy.SamplePolicies.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.cli.SampleChain;
import io.sealroom.local.parts.Ports;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {

    private static final String GOLDEN_TEXT = resource("/policy-check.txt");

    private final Path directory;

    CheckCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Run check(String yaml, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("policy.yaml"), yaml);
        List<String> args = new ArrayList<>(List.of("policy", "check", file.toString()));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }

    private static String example() {
        return resource("/io/sealroom/schemas/example-policy.yaml");
    }

    @Test
    void check_examplePolicy_printsTheGoldenText() throws IOException {
        Run run = check(example());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines()).isEqualTo(GOLDEN_TEXT.lines().toList());
    }

    @Test
    void check_examplePolicy_printsTheGoldenJson() throws IOException {
        Run run = check(example(), "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.outLines()).hasSize(1);
        assertThat(SampleChain.object(run))
                .isEqualTo(new ObjectMapper().readTree(resource("/policy-check.json")));
    }

    /** A reader must not be shown what the command no longer says. */
    @Test
    void readme_excerpt_isOfTheGoldenText() throws IOException {
        List<String> excerpt =
                GOLDEN_TEXT
                        .lines()
                        .dropWhile(line -> !line.startsWith("email-overlap:"))
                        .takeWhile(line -> !line.isEmpty())
                        .map(line -> "    " + line)
                        .toList();
        assertThat(excerpt).hasSize(7);
        assertThat(Files.readAllLines(Path.of("README.md"))).containsSequence(excerpt);
    }

    @Test
    void check_cannotBePaid_listsEveryReasonAndHidesNothing() throws IOException {
        Run run =
                check(
                        example(),
                        "--limit",
                        "ad-exposures=8999999:20000000",
                        "--limit",
                        "advertiser/advertiser=9000000:8999999");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines())
                .contains(
                        "REFUSED: data set ad-exposures (publisher): an epoch costs 9000000"
                                + " micro-rho, its limit per period is 8999999",
                        "REFUSED: data set advertiser: the room's 1 epoch costs 9000000 micro-rho,"
                                + " of its limit for life 8999999 are allowed to no room yet:"
                                + " enough for 0 epochs")
                .doesNotContain("nothing is refused")
                .containsAll(
                        GOLDEN_TEXT
                                .lines()
                                .filter(line -> !line.contains("NOT checked"))
                                .filter(line -> !line.contains("--rpc"))
                                .filter(line -> !line.equals("nothing is refused"))
                                .toList());
    }

    @Test
    void check_limitsOfOneDataset_saysThatTheOtherWasNotChecked() throws IOException {
        Run run = check(example(), "--limit", "advertiser=9000000");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .contains("ad-exposures (publisher): not known")
                .contains("advertiser: 9,000,000 a period, for life not known, NOT checked");
        JsonNode json =
                SampleChain.json(check(example(), "--limit", "advertiser=9000000", "--json"));
        assertThat(json.at("/datasets/0/checked").booleanValue()).isFalse();
        assertThat(json.at("/datasets/1/checked").booleanValue()).isTrue();
        assertThat(json.at("/datasets/1/limits/forLife").isNull()).isTrue();
    }

    @Test
    void check_otherDelta_isTheOneLossesAreShownAt() throws IOException {
        String gaussian = yaml(with(OVERLAP, "rho", "0.1"));
        JsonNode json = SampleChain.json(check(gaussian, "--delta", "1e-10", "--json"));
        assertThat(json.at("/delta").textValue()).isEqualTo("0.0000000001");
        assertThat(json.at("/loss/after/0/delta").textValue()).isEqualTo("0.0000000001");
        assertThat(new BigDecimal(json.at("/loss/after/0/epsilon").textValue()))
                .isGreaterThan(new BigDecimal("5.2216"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--delta=0",
                "--delta=1e-31",
                "--delta=0.6",
                "--delta=small",
                "--limit=advertiser",
                "--limit=advertiser=0",
                "--limit=advertiser=4294967296",
                "--limit=advertiser=1:0",
                "--limit=advertiser=-1",
                "--limit=advertiser=1:99999999999999999999",
                "--limit=nobodys=1",
                "--rpc=nowhere",
            })
    void check_badOption_isUsage(String option) throws IOException {
        Run run = check(example(), option);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void check_limitOfADatasetTwice_isUsage() throws IOException {
        Run run = check(example(), "--limit=advertiser=5", "--limit=advertiser/advertiser=9000000");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("stands twice");
    }

    /** Names are their owners', so two may choose the same. */
    @Test
    void check_limitOfANameThatTwoHave_wantsThePartner() throws IOException {
        String both = example().replace("dataset: ad-exposures", "dataset: advertiser");
        Run run = check(both, "--limit=advertiser=9000000");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("2 data sets of that name, PARTNER/DATASET says which");
        Run told = check(both, "--limit=publisher/advertiser=8999999");
        assertThat(told.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(told.out()).contains("REFUSED: data set advertiser (publisher):");
    }

    @Test
    void check_invalidPolicy_saysEveryViolation() throws IOException {
        Run run = check(example().replace("window: PT1H", "window: PT1H5M"));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("is not a valid policy").contains("must divide");
    }

    @Test
    void check_nobodyListens_isUnavailable() throws IOException {
        Run run = check(example(), "--rpc", "http://127.0.0.1:" + Ports.free() + "/credential");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("credential");
    }
}
