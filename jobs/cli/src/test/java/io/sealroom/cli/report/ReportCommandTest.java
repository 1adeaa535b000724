package io.sealroom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.cli.verify.InMemorySource;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseJsonException;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

class ReportCommandTest {

    private static final String POLICY = SampleRoom.policyFile().toString();

    private static final long HOUR = 3_600_000;

    private final Path directory;
    private final Path page;

    ReportCommandTest(@TempDir Path directory) {
        this.directory = directory;
        page = directory.resolve("report.html");
    }

    private Run report(Path releases, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "report",
                                "--releases",
                                releases.toString(),
                                "--out",
                                page.toString()));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }

    private Path file(String... lines) throws IOException {
        return Files.write(directory.resolve("releases.jsonl"), List.of(lines));
    }

    private String page() throws IOException {
        return Files.readString(page);
    }

    private static List<String> sample() throws IOException {
        return Files.readAllLines(SampleRoom.releasesFile());
    }

    /** The first release of the sample, changed and with the hashes of what it then is. */
    private static String consistent(UnaryOperator<ReleaseDocument> change)
            throws IOException, ReleaseJsonException {
        Release release = ReleaseJson.parse(sample().get(0), 1);
        return ReleaseJson.line(
                new Release(
                        PendingRelease.of(change.apply(release.pending().document())),
                        release.receipt()));
    }

    private static ReleaseDocument with(
            ReleaseDocument document,
            long end,
            List<ReleaseRow> rows,
            List<MechanismEntry> mechanisms) {
        return new ReleaseDocument(
                document.identity(),
                document.semantics(),
                document.query(),
                document.start(),
                end,
                rows,
                mechanisms,
                document.totals());
    }

    private static ReleaseDocument later(ReleaseDocument document, long millis) {
        return new ReleaseDocument(
                document.identity(),
                document.semantics(),
                document.query(),
                document.start() + millis,
                document.end() + millis,
                document.rows(),
                document.mechanisms(),
                document.totals());
    }

    /** Of a room that has the sample, at an endpoint that answers for nothing else. */
    private Run reportOfRoom(Path releases) throws ReleaseJsonException {
        InMemoryRoom room =
                InMemoryRoom.active(
                        SampleRoom.CHAIN_ID, SampleRoom.CONTRACT, SampleRoom.configuration());
        SampleRoom.publish(room);
        return Run.with(
                new InMemorySource(room),
                "report",
                "--releases",
                releases.toString(),
                "--out",
                page.toString(),
                "--rpc",
                "http://127.0.0.1:1",
                "--contract",
                SampleRoom.CONTRACT.hex(),
                "--timeout",
                "PT1S");
    }

    private static Document xml(String html)
            throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    /** Made anew with the command: sealroom report --releases, --policy and --out. */
    @Test
    void report_sample_isTheCommittedPage() throws IOException {
        Run run = report(SampleRoom.releasesFile(), "--policy", POLICY);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .isEqualTo(
                        String.format(
                                "4 releases: 0 verified, 4 consistent, 0 invalid; 0 other"
                                        + " lines%n"));
        assertThat(page())
                .isEqualTo(
                        Files.readString(
                                SampleRoom.releasesFile().resolveSibling("sample-report.html")));
    }

    @Test
    void report_everyKindOfRow_isWellFormedAndLoadsAndRunsNothing() throws Exception {
        Path policy = SampleReports.policy(directory, 7);
        Path releases = file(SampleReports.lines(policy).toArray(String[]::new));
        assertThat(report(releases, "--policy", policy.toString()).exitCode())
                .isEqualTo(ExitCodes.OK);
        Document document = xml(page());
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("link").getLength()).isZero();
        assertThat(document.getElementsByTagName("img").getLength()).isZero();
        assertThat(page())
                .contains("default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;")
                .doesNotContain("url(", "@import", "src=", "javascript:")
                .contains(
                        "Overlap by cell",
                        "Reach by partner",
                        "Conversions by cell",
                        "Value by cell",
                        "Converters by cell",
                        "Identifiers that a cap cut",
                        "Only the last window of an epoch has this row.",
                        "5 between them without a release",
                        "2026-01-06 01:00 to 06:00</th><td colspan=\"2\">no release",
                        "time decay");
        assertThat(Pattern.compile("(href|src)=\"(?!#)").matcher(page()).find()).isFalse();
        assertThat(Pattern.compile("<[^>]* on\\w+=").matcher(page()).find()).isFalse();
    }

    @Test
    void report_withoutChain_saysThatItIsOnlyConsistent() throws IOException {
        assertThat(report(SampleRoom.releasesFile()).exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(page())
                .contains("Consistent, but not verified against the chain")
                .contains("says nothing of charges")
                .doesNotContain("Verified against the chain", ">verified<");
    }

    @Test
    void report_suppressedRow_isHollowAndHasNoNumber() throws IOException {
        report(SampleRoom.releasesFile());
        assertThat(page())
                .contains("class=\"hollow\"")
                .contains("2026-01-05 00:00 to 01:00: suppressed")
                .contains("<td class=\"number none\">suppressed</td>")
                .contains("<td class=\"number\">1,021 \u00b1 72</td>");
    }

    /** A stated hash that is not that of the rows. */
    @Test
    void report_tamperedRow_isInvalidWithoutItsNumbers() throws IOException {
        String tampered = sample().get(0).replace("\"value\":\"1021\"", "\"value\":\"987654\"");
        Run run = report(file(tampered, sample().get(2)));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out()).startsWith("2 releases: 0 verified, 1 consistent, 1 invalid");
        assertThat(page())
                .contains("<h2>Not valid</h2>")
                .contains("1 of 2 releases not verified. No number")
                .contains("line 1: root: stated")
                .contains("class=\"cross\"")
                .doesNotContain("987,654", "987654");
    }

    @Test
    void report_allTampered_hasNoChart() throws IOException {
        Run run = report(file(sample().get(0).replace("\"1021\"", "\"987654\"")));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(page()).contains("Not valid").doesNotContain("<svg", "987,654");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\\\" onload=\\\"alert(1)",
                "news\\u202eswen",
                "News",
                "caf\u00e9"
            })
    void report_hostileLabel_isRefusedAndNotQuoted(String label) throws Exception {
        Run run = report(file(sample().get(0).replace("\"news\"", "\"" + label + "\"")));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(page())
                .contains("line 1: not a release: line 1: rows[3].label")
                .contains("The file has no release.")
                .doesNotContain("alert", "swen", "News", "caf");
        xml(page());
    }

    @Test
    void report_consistentButRowsTwice_isInvalid() throws Exception {
        String line =
                consistent(
                        document -> {
                            List<ReleaseRow> rows = new ArrayList<>(document.rows());
                            ReleaseRow first = rows.get(3);
                            rows.add(
                                    new ReleaseRow(
                                            RowKey.cell(
                                                    rows.size(),
                                                    first.key().metric(),
                                                    first.key().label()),
                                            first.status(),
                                            first.value(),
                                            first.salt()));
                            return with(document, document.end(), rows, document.mechanisms());
                        });
        assertThat(report(file(line)).exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(page()).contains("row 6 stands twice");
    }

    @Test
    void report_consistentButWithoutNoise_isInvalid() throws Exception {
        String line =
                consistent(document -> with(document, document.end(), document.rows(), List.of()));
        assertThat(report(file(line)).exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(page()).contains("no mechanism of OVERLAP_TOTAL rows");
    }

    @Test
    void report_consistentButTwoNoisesOfAMetric_isInvalid() throws Exception {
        String line =
                consistent(
                        document -> {
                            List<MechanismEntry> noise = new ArrayList<>(document.mechanisms());
                            MechanismEntry reach = noise.get(2);
                            noise.set(
                                    2,
                                    new MechanismEntry(
                                            reach.metric(),
                                            reach.mechanism(),
                                            reach.scaleNumerator().shiftLeft(1),
                                            reach.scaleDenominator(),
                                            reach.threshold()));
                            return with(document, document.end(), document.rows(), noise);
                        });
        assertThat(report(file(line)).exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(page()).contains("two noises of REACH");
    }

    @Test
    void report_consistentButWindowEndsBeforeItBegins_isInvalid() throws Exception {
        String line =
                consistent(
                        document ->
                                with(
                                        document,
                                        document.start(),
                                        document.rows(),
                                        document.mechanisms()));
        assertThat(report(file(line)).exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(page()).contains("the window ends before it begins");
    }

    @Test
    void report_windowOfAnotherLength_isInvalid() throws Exception {
        String twoHours =
                consistent(
                        document ->
                                with(
                                        document,
                                        document.start() + 2 * HOUR,
                                        document.rows(),
                                        document.mechanisms()));
        assertThat(report(file(sample().get(1), sample().get(2), twoHours)).exitCode())
                .isEqualTo(ExitCodes.MISMATCH);
        assertThat(page())
                .contains("1 of 3 releases not verified")
                .contains("line 3: the window has another length than the query");
    }

    @Test
    void report_windowsThatOverlap_areInvalid() throws Exception {
        String halfAnHourLater = consistent(document -> later(document, HOUR / 2));
        assertThat(report(file(halfAnHourLater, sample().get(0), sample().get(2))).exitCode())
                .isEqualTo(ExitCodes.MISMATCH);
        // Of three that overlap in a row the one in the middle goes.
        assertThat(page())
                .contains("1 of 3 releases not verified")
                .contains("line 1: the window overlaps with that of line 2");
    }

    @Test
    void report_windowsOfAnHourAfterAnother_areNoFault() throws Exception {
        String next = consistent(document -> later(document, HOUR));
        assertThat(report(file(next, sample().get(0))).exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void report_releaseOfAnotherRoom_isInvalid() throws Exception {
        Path policy = SampleReports.policy(directory, 3);
        String other = SampleReports.lines(policy).get(0);
        assertThat(report(file(sample().get(0), other)).exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(page()).contains("line 2: of another room, chain, contract or policy");
    }

    /** The room of a release that does not verify is anybody's word. */
    @Test
    void report_firstReleaseForged_isOfTheRoomOfTheOthers() throws IOException {
        String forged = sample().get(0).replace("spring-campaign", "autumn-campaign");
        Run run = report(file(forged, sample().get(1)));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out()).startsWith("2 releases: 0 verified, 1 consistent, 1 invalid");
        assertThat(page()).contains("<h1>spring-campaign</h1>").doesNotContain("autumn");
    }

    @Test
    void report_otherPolicy_isInvalidAndHasNoCharges() throws IOException {
        Path policy = SampleReports.policy(directory, 3);
        Run run = report(SampleRoom.releasesFile(), "--policy", policy.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(page()).contains("policy: hash is").doesNotContain("By the policy", "<svg");
    }

    @Test
    void report_moreCellsThanCharts_chartsTheLargestAndTablesAll() throws Exception {
        Path policy = SampleReports.policy(directory, QuerySection.CHARTS_MAX + 10);
        String line = SampleReports.lines(policy).get(0);
        assertThat(report(file(line)).exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(page())
                .contains("Charts of the 50 of 60 with the largest sums; the table has all.");
        assertThat(page().split("<svg xmlns=\"[^\"]*\" viewBox=\"0 0 340", -1))
                .hasSize(1 + 1 + 2 + QuerySection.CHARTS_MAX);
        assertThat(page().split("<th scope=\"row\">cell-\\d+</th>", -1)).hasSize(1 + 60);
    }

    @Test
    void report_manyCellsAndAGap_showsTheGapBesideTheWindows() throws Exception {
        Path policy = SampleReports.policy(directory, QuerySection.CHARTS_MAX + 10);
        List<String> overlaps =
                SampleReports.lines(policy).stream()
                        .filter(line -> line.contains("\"query\":\"email-overlap\""))
                        .toList();
        assertThat(report(file(overlaps.get(0), overlaps.get(3))).exitCode())
                .isEqualTo(ExitCodes.OK);
        assertThat(page())
                .contains(
                        "<th scope=\"col\" class=\"gap\">2026-01-05 01:00 to 03:00</th>",
                        "<td class=\"gap\">no release</td>");
        assertThat(page().split("<td class=\"gap\"></td>", -1)).hasSize(1 + 60);
    }

    @Test
    void report_linesThatAreNone_areListedAndOthersShown() throws IOException {
        Run run = report(file("{\"secret\":1}", sample().get(0)));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(page())
                .contains("line 1: not a release: line 1: room: is missing")
                .contains("<svg")
                .doesNotContain("secret");
    }

    @Test
    void report_emptyFile_saysThatItHasNoRelease() throws IOException {
        assertThat(report(file()).exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(page()).contains("Not valid", "The file has no release.");
    }

    @Test
    void report_chainAway_isUnavailableAndMakesNoPage() {
        Run run =
                report(
                        SampleRoom.releasesFile(),
                        "--rpc",
                        "http://127.0.0.1:1",
                        "--contract",
                        SampleRoom.CONTRACT.hex(),
                        "--timeout",
                        "PT1S");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(page).doesNotExist();
    }

    /** Not what it cost, but that something is wrong is what must not get lost. */
    @Test
    void report_tamperedAndChainAwayForCharges_isInvalidAndSaysSo() throws Exception {
        String tampered = sample().get(0).replace("\"value\":\"1021\"", "\"value\":\"987654\"");
        Run run = reportOfRoom(file(tampered, sample().get(2)));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out()).startsWith("2 releases: 1 verified, 0 consistent, 1 invalid");
        assertThat(page())
                .contains("<h2>Not valid</h2>")
                .contains("The chain did not answer for the charges.")
                .doesNotContain("says nothing of charges", "As of block");
    }

    @Test
    void report_verifiedAndChainAwayForCharges_isUnavailableAndMakesNoPage() throws Exception {
        Run run = reportOfRoom(SampleRoom.releasesFile());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(page).doesNotExist();
    }

    /** Also before the chain is asked, which is away here. */
    @Test
    void report_fileExists_isUsageAndFileStays() throws IOException {
        Files.writeString(page, "mine");
        Run run =
                report(
                        SampleRoom.releasesFile(),
                        "--rpc",
                        "http://127.0.0.1:1",
                        "--contract",
                        SampleRoom.CONTRACT.hex());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(page()).isEqualTo("mine");
    }

    @Test
    void report_directoryThatIsNone_isUsage() {
        Path nowhere = directory.resolve("none").resolve("report.html");
        Run run =
                Run.of(
                        "report",
                        "--releases",
                        SampleRoom.releasesFile().toString(),
                        "--out",
                        nowhere.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("cannot be created: NoSuchFileException");
    }

    @Test
    void report_badUsage_isUsageAndMakesNoPage() throws IOException {
        Path sample = SampleRoom.releasesFile();
        for (Run run :
                List.of(
                        Run.of("report"),
                        Run.of("report", "--releases", sample.toString()),
                        report(directory.resolve("none.jsonl")),
                        report(sample, "--policy", sample.toString()),
                        report(sample, "--rpc", "http://127.0.0.1:1"),
                        report(sample, "--contract", SampleRoom.CONTRACT.hex()),
                        report(sample, "--timeout", "soon"))) {
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.USAGE);
        }
        assertThat(page).doesNotExist();
    }
}
