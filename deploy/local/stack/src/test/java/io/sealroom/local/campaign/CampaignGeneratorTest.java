package io.sealroom.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignGeneratorTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final List<String> CELLS =
            List.of(
                    "spring_feed",
                    "spring_story",
                    "spring_search",
                    "sofa_feed",
                    "sofa_story",
                    "tv");
    private static final CampaignOptions SMALL = CampaignOptions.small(7, START, CELLS);

    private final Path directory;

    CampaignGeneratorTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void write_sameSeed_givesSameBytesAndAnotherSeedOthers() throws IOException {
        Campaign first = CampaignGenerator.write(SMALL, directory.resolve("first"));
        Campaign second = CampaignGenerator.write(SMALL, directory.resolve("second"));
        Campaign other =
                CampaignGenerator.write(
                        CampaignOptions.small(8, START, CELLS), directory.resolve("other"));

        assertThat(first.exposures()).hasSameBinaryContentAs(second.exposures());
        assertThat(first.conversions()).hasSameBinaryContentAs(second.conversions());
        assertThat(Files.mismatch(first.exposures(), other.exposures())).isNotNegative();
        assertThat(Files.mismatch(first.conversions(), other.conversions())).isNotNegative();
    }

    @Test
    void write_small_hasTheEventsAskedForAndFewRepeatedToTheByte() throws IOException {
        Campaign campaign = CampaignGenerator.write(SMALL, directory);
        List<CSVRecord> exposures = read(campaign.exposures());
        List<CSVRecord> conversions = read(campaign.conversions());

        assertThat(exposures).hasSize(campaign.exposureLines()).hasSizeBetween(20_050, 20_200);
        assertThat(conversions).hasSize(campaign.conversionLines()).hasSizeBetween(2_001, 2_040);
        assertThat(byId(exposures)).hasSize(20_000);
        assertThat(byId(conversions)).hasSize(2_000);
    }

    @Test
    void write_small_hasOnlyValidFieldsWithinTheCampaign() throws IOException {
        Campaign campaign = CampaignGenerator.write(SMALL, directory);
        Instant end = START.plusSeconds(3 * 3_600);

        for (CSVRecord row : read(campaign.exposures())) {
            assertThat(row.size()).isEqualTo(7);
            assertThat(time(row)).isBetween(START, end.minusMillis(1));
            assertThat(row.get("kind")).isIn("view", "click");
            assertThat(CELLS).contains(row.get("cell"));
            assertThat(row.get("value")).isEmpty();
        }
        for (CSVRecord row : read(campaign.conversions())) {
            assertThat(time(row)).isBetween(START, end.minusMillis(1));
            assertThat(row.get("kind")).isEqualTo("conversion");
            assertThat(row.get("cell")).isEmpty();
            assertThat(Long.parseLong(row.get("value"))).isPositive();
        }
    }

    @Test
    void write_small_spellsPeopleInManyWaysThatAllNormalise() throws IOException {
        List<CSVRecord> rows = read(CampaignGenerator.write(SMALL, directory).exposures());
        Map<String, Set<String>> spellings = new HashMap<>();
        for (CSVRecord row : rows) {
            spellings
                    .computeIfAbsent(normalForm(row), key -> new HashSet<>())
                    .add(row.get("identifier"));
        }

        // At most an address and a number for each of the 2,400 people who may be exposed.
        assertThat(spellings).hasSizeBetween(2_000, 4_800);
        assertThat(spellings.values().stream().mapToInt(Set::size).max().orElse(0))
                .isGreaterThan(6);
        assertThat(rows.stream().map(row -> row.get("identifier")).distinct().count())
                .isGreaterThan(2L * spellings.size());
    }

    @Test
    void write_small_isUntidyInOrderTimeAndQuoting() throws IOException {
        Campaign campaign = CampaignGenerator.write(SMALL, directory);
        List<CSVRecord> rows = read(campaign.exposures());

        long backwards = 0;
        for (int i = 1; i < rows.size(); i++) {
            backwards += time(rows.get(i)).isBefore(time(rows.get(i - 1))) ? 1 : 0;
        }
        assertThat(backwards).isBetween(500L, 4_000L);
        assertThat(rows.stream().map(r -> r.get("timestamp")))
                .anyMatch(t -> t.matches("\\d{13}"))
                .anyMatch(t -> t.endsWith("Z"))
                .anyMatch(t -> t.endsWith("+05:30"));
        assertThat(Files.readString(campaign.exposures(), StandardCharsets.UTF_8))
                .contains(",\"\"\"")
                .endsWith("\r\n");
    }

    @Test
    void write_small_hasClicksActivePeopleAndConversionsOfTheExposed() throws IOException {
        Campaign campaign = CampaignGenerator.write(SMALL, directory);
        List<CSVRecord> exposures = read(campaign.exposures());
        Map<String, Long> activity =
                exposures.stream()
                        .collect(
                                Collectors.groupingBy(
                                        CampaignGeneratorTest::normalForm, Collectors.counting()));
        List<CSVRecord> conversions = read(campaign.conversions());
        long known = conversions.stream().filter(r -> activity.containsKey(normalForm(r))).count();

        assertThat(exposures.stream().filter(r -> r.get("kind").equals("click")).count())
                .isBetween(120L, 280L);
        assertThat(activity.values().stream().mapToLong(Long::longValue).max().orElse(0))
                .isGreaterThan(50);
        assertThat(known).isBetween(conversions.size() / 2L, conversions.size() * 95L / 100);
    }

    @Test
    void write_withBadLines_addsThemToBothFilesAndLeavesTheRest() throws IOException {
        Campaign clean = CampaignGenerator.write(SMALL, directory.resolve("clean"));
        Campaign bad = CampaignGenerator.write(SMALL.withBadLines(41), directory.resolve("bad"));

        assertThat(bad.exposureLines() - clean.exposureLines()).isEqualTo(21);
        assertThat(bad.conversionLines() - clean.conversionLines()).isEqualTo(20);
        assertThat(withoutBadLines(bad.exposures()))
                .isEqualTo(Files.readAllLines(clean.exposures()));
        assertThat(withoutBadLines(bad.conversions()))
                .isEqualTo(Files.readAllLines(clean.conversions()));
    }

    @Test
    void write_standard_hasItsSize() throws IOException {
        Campaign campaign =
                CampaignGenerator.write(CampaignOptions.standard(7, START, CELLS), directory);

        assertThat(campaign.exposureLines()).isBetween(200_500, 201_500);
        assertThat(campaign.conversionLines()).isBetween(20_030, 20_170);
    }

    private static List<String> withoutBadLines(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(l -> !l.startsWith("bad-")).toList();
    }

    private static List<CSVRecord> read(Path file) throws IOException {
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            assertThat(String.join(",", parser.getHeaderNames()))
                    .isEqualTo("event_id,id_type,identifier,timestamp,kind,cell,value");
            return parser.getRecords();
        }
    }

    private static Map<String, List<String>> byId(List<CSVRecord> rows) {
        Map<String, List<String>> byId = new HashMap<>();
        for (CSVRecord row : rows) {
            List<String> before = byId.put(row.get("event_id"), row.toList());
            if (before != null) {
                assertThat(row.toList()).isEqualTo(before);
            }
        }
        return byId;
    }

    private static Instant time(CSVRecord row) {
        String text = row.get("timestamp");
        return text.indexOf('T') < 0
                ? Instant.ofEpochMilli(Long.parseLong(text))
                : OffsetDateTime.parse(text).toInstant();
    }

    private static String normalForm(CSVRecord row) {
        return NormalForms.of(row.get("id_type"), row.get("identifier")).orElseThrow();
    }
}
