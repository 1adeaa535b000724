package io.sealroom.reference.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.reference.BatchReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The batch reference gives what was worked out by hand. */
class GoldenCasesTest {

    private static final Path FILES =
            Path.of("src/main/resources/io/sealroom/reference/cases").toAbsolutePath();

    @ParameterizedTest
    @MethodSource("io.sealroom.reference.cases.GoldenCases#all")
    void totals_goldenCase_asWorkedOutByHand(GoldenCase golden) {
        assertThat(BatchReference.totals(golden.policy(), golden.history()))
                .as("%s: %s", golden.name(), golden.why())
                .isEqualTo(golden.totals());
    }

    @Test
    void all_everyFile_isRead() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(
                            files.map(file -> file.getFileName().toString())
                                    .filter(file -> file.endsWith(".yaml"))
                                    .filter(file -> !file.equals("base-policy.yaml")))
                    .containsExactlyInAnyOrderElementsOf(
                            GoldenCases.TOPICS.stream().map(topic -> topic + ".yaml").toList());
        }
    }

    @Test
    void all_names_areDistinct() {
        List<String> names = GoldenCases.all().stream().map(GoldenCase::name).toList();
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }
}
