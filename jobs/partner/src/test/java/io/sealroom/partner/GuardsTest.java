package io.sealroom.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of {@code tools/guards}, which takes the lines out and shows that the tests then fail:
 * here only that every line and every test in it is still there.
 */
class GuardsTest {

    private static final Path ROOT = Path.of("..", "..");

    @ParameterizedTest
    @MethodSource("attacks")
    void table_everyAttack_namesALineThatStandsOnceAndATest(Map<String, String> attack)
            throws IOException {
        String[] test = field(attack, "test").split("#", -1);

        try (Stream<String> lines = Files.lines(ROOT.resolve(field(attack, "file")))) {
            assertThat(lines.filter(line -> line.strip().equals(attack.get("line")))).hasSize(1);
        }
        assertThat(sourceOf(ROOT.resolve(field(attack, "module")), test[0]))
                .contains("void " + test[1] + "(");
        assertThat(field(attack, "instead")).isNotEqualTo(attack.get("line"));
    }

    private static String field(Map<String, String> attack, String name) {
        return attack.getOrDefault(name, "no field " + name);
    }

    private static String sourceOf(Path module, String testClass) throws IOException {
        try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
            List<Path> found = files.filter(file -> file.endsWith(testClass + ".java")).toList();
            assertThat(found).hasSize(1);
            return Files.readString(found.get(0));
        }
    }

    private static Stream<Map<String, String>> attacks() throws IOException {
        return Arrays.stream(Files.readString(Path.of("tools/guards.txt")).split("\n\\s*\n", -1))
                .map(
                        block ->
                                block.lines()
                                        .filter(line -> !line.startsWith("#"))
                                        .filter(line -> !line.isBlank())
                                        .collect(
                                                Collectors.toMap(
                                                        line ->
                                                                line.substring(
                                                                        0, line.indexOf(':')),
                                                        line ->
                                                                line.substring(
                                                                                line.indexOf(':')
                                                                                        + 1)
                                                                        .strip())))
                .filter(attack -> !attack.isEmpty());
    }
}
