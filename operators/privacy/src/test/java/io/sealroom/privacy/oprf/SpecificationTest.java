package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SPECIFICATION.md against the code. */
class SpecificationTest {

    private static final Path DIRECTORY = Path.of("src/main/java/io/sealroom/privacy/oprf");
    private static final Pattern REFERENCE = Pattern.compile("`([A-Z]\\w*)((?:\\.[\\w*]+)*)`");

    /** In the order of the RFC, sections 1.2 to 3.3. */
    private static final List<String> RFC_9497 =
            List.of(
                    "I2OSP",
                    "concat",
                    "random",
                    "Order",
                    "Identity",
                    "Generator",
                    "HashToGroup",
                    "HashToScalar",
                    "RandomScalar",
                    "ScalarInverse",
                    "SerializeElement",
                    "DeserializeElement",
                    "SerializeScalar",
                    "DeserializeScalar",
                    "GenerateProof",
                    "ComputeCompositesFast",
                    "VerifyProof",
                    "ComputeComposites",
                    "CreateContextString",
                    "SetupOPRFServer",
                    "SetupOPRFClient",
                    "SetupVOPRFServer",
                    "SetupVOPRFClient",
                    "SetupPOPRFServer",
                    "SetupPOPRFClient",
                    "GenerateKeyPair",
                    "DeriveKeyPair",
                    "Blind",
                    "BlindEvaluate",
                    "Finalize",
                    "Evaluate");

    /** Sections 3 to 7, as far as the suite needs or excludes them. */
    private static final List<String> RFC_9380 =
            List.of(
                    "hash_to_curve",
                    "encode_to_curve",
                    "sgn0",
                    "CMOV",
                    "inv0",
                    "is_square",
                    "sqrt",
                    "hash_to_field",
                    "expand_message",
                    "expand_message_xmd",
                    "expand_message_xof",
                    "map_to_curve",
                    "sqrt_ratio",
                    "clear_cofactor");

    @Test
    void map_everyFunctionOfTheRfcs_hasARow() throws IOException {
        assertThat(functions("## RFC 9497")).isEqualTo(new TreeSet<>(RFC_9497));
        assertThat(functions("## RFC 9380")).isEqualTo(new TreeSet<>(RFC_9380));
    }

    @Test
    void map_everyRow_namesMethodsThatExistOrSaysWhyNone() throws Exception {
        List<String[]> rows = new ArrayList<>(rows("## RFC 9497"));
        rows.addAll(rows("## RFC 9380"));
        for (String[] row : rows) {
            if (!row[2].startsWith("not built: ")) {
                List<MatchResult> references = references(row[2]);
                assertThat(references).describedAs(row[0]).isNotEmpty();
                for (MatchResult reference : references) {
                    if (!reference.group(1).equals("SecureRandom")) {
                        assertThat(DIRECTORY.resolve(reference.group(1) + ".java")).exists();
                        assertThat(exists(reference)).describedAs(reference.group()).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void claims_everyOne_namesATestThatExists() throws Exception {
        for (String[] row : rows("## What is ours")) {
            List<MatchResult> references = references(row[1]);
            assertThat(references).describedAs(row[0]).isNotEmpty();
            for (MatchResult reference : references) {
                assertThat(reference.group(1)).endsWith("Test");
                assertThat(exists(reference)).describedAs(reference.group()).isTrue();
            }
        }
    }

    @Test
    void exists_whatIsGone_isFound() throws Exception {
        assertThat(exists(references("`Dleq.prove`").get(0))).isTrue();
        assertThat(exists(references("`Dleq.proof`").get(0))).isFalse();
        assertThat(exists(references("`ElementTest.ofWords_*`").get(0))).isTrue();
        assertThat(exists(references("`ElementTest.ofWord_*`").get(0))).isFalse();
    }

    private static Set<String> functions(String heading) throws IOException {
        Set<String> functions = new TreeSet<>();
        for (String[] row : rows(heading)) {
            functions.addAll(List.of(row[0].split(", ")));
        }
        return functions;
    }

    /** The cells of the table under a heading, without its two head lines. */
    private static List<String[]> rows(String heading) throws IOException {
        List<String> lines = Files.readAllLines(DIRECTORY.resolve("SPECIFICATION.md"));
        return lines.stream()
                .dropWhile(line -> !line.startsWith(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| "))
                .skip(2)
                .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
                .toList();
    }

    private static List<MatchResult> references(String cell) {
        return REFERENCE.matcher(cell).results().toList();
    }

    /** A class of this package, or a member of it: method, field, constructor or nested class. */
    private static boolean exists(MatchResult reference) throws ClassNotFoundException {
        Class<?> type =
                Class.forName(SpecificationTest.class.getPackageName() + "." + reference.group(1));
        if (reference.group(2).isEmpty()) {
            return true;
        }
        String member = reference.group(2).substring(1);
        return members(type)
                .anyMatch(
                        name ->
                                member.endsWith("*")
                                        ? name.startsWith(member.replace("*", ""))
                                        : name.equals(member));
    }

    private static Stream<String> members(Class<?> type) {
        return Stream.of(
                        Stream.of(type.getSimpleName()),
                        Stream.of(type.getDeclaredMethods()).map(method -> method.getName()),
                        Stream.of(type.getDeclaredFields()).map(field -> field.getName()),
                        Stream.of(type.getDeclaredClasses()).map(Class::getSimpleName))
                .flatMap(names -> names);
    }
}
