package io.sealroom.partner.tokenise;

import static io.sealroom.partner.tokens.TokenFixture.email;
import static io.sealroom.partner.tokens.TokenFixture.emails;
import static io.sealroom.partner.tokens.TokenFixture.keys;
import static io.sealroom.partner.tokens.TokenFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.tokens.DiskTokenCache;
import io.sealroom.partner.tokens.TestingTokens;
import io.sealroom.partner.tokens.TokenMetrics;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkTokeniserTest {

    private final TestRoom room = TestRoom.file("test-room");
    private final TestingTokens source = new TestingTokens();
    private final List<BulkProgress> progress = new ArrayList<>();
    private final Path directory;
    private final Path file;
    private long nanos;

    BulkTokeniserTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("base");
    }

    @Test
    void tokenise_csv_storesTokensOfGoodLinesAndListsTheOthers() throws Exception {
        BulkResult result =
                run(
                        "id_type,identifier",
                        "email,User0@Example.org",
                        "EMAIL,\" user1@example.org\"",
                        "mail,user2@example.org",
                        "email,user3",
                        "",
                        "phone,(650) 253-0000",
                        "email,user1@example.org",
                        "email,user4@example.org,more",
                        "email,\"user5@example.org");

        assertThat(result).isEqualTo(new BulkResult(3, 1, 4));
        assertThat(rejects())
                .containsExactly(
                        "line,reason",
                        "4,ID_TYPE_UNKNOWN",
                        "5,EMAIL_MALFORMED",
                        "9,FIELD_COUNT",
                        "10,LINE_MALFORMED");
        try (DiskTokenCache cache = cache()) {
            assertThat(cache.findAll(3, emails(0, 9))).isEqualTo(tokens(3, emails(0, 2)));
        }
    }

    @Test
    void tokenise_jsonLines_storesTokensOfGoodLinesAndListsTheOthers() throws Exception {
        BulkResult result =
                run(
                        "{\"idType\":\"email\",\"identifier\":\"user0@example.org\"}",
                        "{\"identifier\":\"USER1@example.org\",\"idType\":\"Email\"}",
                        "",
                        "{\"idType\":\"email\",\"identifier\":\"user2@example.org\"",
                        "{\"idType\":\"email\"}",
                        "{\"idType\":\"email\",\"identifier\":3}",
                        "[1,2]",
                        "{\"idType\":\"email\",\"identifier\":\"a@b\",\"more\":1}",
                        "{\"idType\":\"email\",\"identifier\":\"a@b\",\"identifier\":\"b@c\"}",
                        "{\"idType\":\"email\",\"identifier\":\"a@b\"} {}",
                        "{\"idType\":\"email\",\"identifier\":\"\\ud800@b\"}");

        assertThat(result).isEqualTo(new BulkResult(2, 0, 8));
        assertThat(rejects())
                .containsExactly(
                        "line,reason",
                        "4,LINE_MALFORMED",
                        "5,FIELD_COUNT",
                        "6,LINE_MALFORMED",
                        "7,FIELD_COUNT",
                        "8,FIELD_COUNT",
                        "9,LINE_MALFORMED",
                        "10,LINE_MALFORMED",
                        "11,IDENTIFIER_MALFORMED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email,|IDENTIFIER_EMPTY",
                "email,a b@c|EMAIL_CHARACTER",
                "phone,none|PHONE_MALFORMED",
                "phone,+1 000|PHONE_INVALID",
                "phone,+1 650-253-0000 ext 4|PHONE_EXTENSION",
                "email,\uFFFD@b|TEXT_MALFORMED",
            })
    void tokenise_brokenRule_isListed(String line, String reason) throws Exception {
        assertThat(run("id_type,identifier", line)).isEqualTo(new BulkResult(0, 0, 1));
        assertThat(rejects()).containsExactly("line,reason", "2," + reason);
    }

    @Test
    void tokenise_longLines_areListedInBothForms() throws Exception {
        assertThat(run("id_type,identifier", "email," + "a".repeat(1100) + "@b"))
                .isEqualTo(new BulkResult(0, 0, 1));
        assertThat(rejects()).containsExactly("line,reason", "2,IDENTIFIER_TOO_LONG");

        assertThat(run("id_type,identifier", "email," + "a".repeat(70_000) + "@b"))
                .isEqualTo(new BulkResult(0, 0, 1));
        assertThat(rejects()).containsExactly("line,reason", "2,LINE_TOO_LONG");

        String good = "{\"idType\":\"email\",\"identifier\":\"user0@example.org\"}";
        assertThat(run("{" + "a".repeat(70_000), good)).isEqualTo(new BulkResult(1, 0, 1));
        assertThat(rejects()).containsExactly("line,reason", "1,LINE_TOO_LONG");
    }

    @Test
    void tokenise_byteOrderMark_isSkipped() throws Exception {
        assertThat(run("\uFEFFid_type,identifier", "email,user0@example.org"))
                .isEqualTo(new BulkResult(1, 0, 0));
        assertThat(run("\uFEFF{\"idType\":\"email\",\"identifier\":\"user0@example.org\"}"))
                .isEqualTo(new BulkResult(0, 1, 0));
    }

    @Test
    void tokenise_killedInTheMiddleAndStartedAgain_asksNobodyTwice() throws Exception {
        String[] lines = csv(3000);
        source.failAfter(2);
        assertThatThrownBy(() -> run(lines)).isInstanceOf(AgentException.class);
        List<NormalisedIdentifier> answered =
                source.asked().subList(0, 2).stream().flatMap(List::stream).toList();
        assertThat(answered).hasSize(1400);
        source.asked().clear();
        source.failAfter(Integer.MAX_VALUE);

        BulkResult result = run(lines);

        assertThat(result).isEqualTo(new BulkResult(1600, 1400, 0));
        List<NormalisedIdentifier> rest = source.asked().stream().flatMap(List::stream).toList();
        assertThat(rest).hasSize(1600).doesNotContainAnyElementsOf(answered);
        assertThat(source.asked()).extracting(List::size).containsExactly(700, 700, 200);
        try (DiskTokenCache cache = cache()) {
            assertThat(cache.findAll(3, emails(0, 3000))).hasSize(3000);
        }
    }

    @Test
    void tokenise_repeatedLines_areAskedForOnce() throws Exception {
        String lines =
                IntStream.range(0, 5000)
                        .mapToObj(i -> "email,user" + i % 900 + "@example.org")
                        .collect(Collectors.joining("\n"));

        assertThat(run("id_type,identifier", lines)).isEqualTo(new BulkResult(900, 4100, 0));
        assertThat(source.asked().stream().mapToInt(List::size).sum()).isEqualTo(900);
    }

    @Test
    void tokenise_progress_tellsLinesRateAndTimeLeft() throws Exception {
        run(csv(2100));

        assertThat(progress).extracting(BulkProgress::done).containsExactly(700L, 1400L, 2100L);
        BulkProgress first = progress.get(0);
        // The clock of this test goes on by a second a look.
        assertThat(first.total()).isEqualTo(2100);
        assertThat(first.text()).isEqualTo("700 of 2100 lines, 700 a second, about 2 s left");
        assertThat(progress.get(2).text())
                .isEqualTo("2100 of 2100 lines, 700 a second, about 0 s left");
    }

    @Test
    void tokenise_emptyBase_isDone() throws Exception {
        assertThat(run("id_type,identifier")).isEqualTo(new BulkResult(0, 0, 0));
        assertThat(source.asked()).isEmpty();
    }

    @Test
    void requireUsable_otherHeaderOrNoFile_isRefused() throws Exception {
        BaseFile base = new BaseFile(file, room.policy());
        assertThatThrownBy(base::requireUsable)
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("cannot be read");
        for (String text : List.of("", "email,a@b", "id_type;identifier\n")) {
            Files.writeString(file, text);
            assertThatThrownBy(base::requireUsable)
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("id_type,identifier");
        }
    }

    @Test
    void tokenise_rejectsAndResult_nameNoIdentifier() throws Exception {
        run("id_type,identifier", "email,canary", "canary,canary@example.org");

        assertThat(Files.readString(directory.resolve("rejects.csv"))).doesNotContain("canary");
        assertThat(new BaseRecord.Good(email("canary@example.org")).toString())
                .doesNotContain("canary");
    }

    private static String[] csv(int people) {
        List<String> lines = new ArrayList<>(List.of("id_type,identifier"));
        for (int i = 0; i < people; i++) {
            lines.add("email,user" + i + "@example.org");
        }
        return lines.toArray(String[]::new);
    }

    private BulkResult run(String... lines) throws Exception {
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        try (DiskTokenCache cache = cache();
                BaseRejects rejects = BaseRejects.create(directory.resolve("rejects.csv"))) {
            BulkTokeniser bulk =
                    new BulkTokeniser(source, cache, 700, () -> nanos += 1_000_000_000L);
            return bulk.tokenise(3, new BaseFile(file, room.policy()), rejects, progress::add);
        }
    }

    private List<String> rejects() throws IOException {
        return Files.readAllLines(directory.resolve("rejects.csv"));
    }

    private DiskTokenCache cache() throws IOException {
        return new DiskTokenCache(
                directory.resolve("tokens"), keys(), new TokenMetrics(new PrometheusRegistry()));
    }
}
