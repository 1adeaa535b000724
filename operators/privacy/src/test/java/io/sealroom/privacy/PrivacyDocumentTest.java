package io.sealroom.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every claim of PRIVACY.md names a test, and every test that it names is there. */
class PrivacyDocumentTest {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Path DOCUMENT = REPOSITORY.resolve("operators/privacy/PRIVACY.md");

    /** Of tests in Java, with or without a method, and in Solidity. */
    private static final Pattern NAME =
            Pattern.compile("`([A-Z]\\w*(?:Test|ITCase)|[A-Z]\\w*\\.t\\.sol)(?:#(\\w+))?`");

    private static final Pattern TEST_FILE =
            Pattern.compile("[A-Z]\\w*((Test|ITCase)\\.java|\\.t\\.sol)");

    /** What is in no commit. */
    private static final Set<String> BUILT = Set.of(".git", "target", "node_modules");

    @Test
    void rows_ofEveryTable_nameATestInTheLastColumn() throws IOException {
        List<String> rows =
                Files.readAllLines(DOCUMENT).stream()
                        .filter(line -> line.startsWith("| "))
                        .filter(line -> !line.startsWith("| ---") && !line.endsWith("| test |"))
                        .toList();
        assertThat(rows).hasSizeGreaterThan(40);
        assertThat(rows)
                .allSatisfy(
                        row -> {
                            int last = row.lastIndexOf('|', row.length() - 2);
                            assertThat(row.substring(last)).containsPattern(NAME);
                        });
    }

    @Test
    void tests_namedAnywhere_exist() throws IOException {
        Map<String, String> sources = sources();
        Matcher names = NAME.matcher(Files.readString(DOCUMENT));
        int found = 0;
        while (names.find()) {
            String name = names.group(1);
            String method = names.group(2);
            assertThat(sources).as(name).containsKey(name);
            if (method != null) {
                assertThat(sources.get(name)).as(name).contains(" " + method + "(");
            }
            found++;
        }
        assertThat(found).isGreaterThan(60);
    }

    /** Texts of all tests of the repository by name; those of one name together. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        Files.walkFileTree(
                REPOSITORY,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) {
                        return BUILT.contains(String.valueOf(directory.getFileName()))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        String name = String.valueOf(file.getFileName());
                        if (TEST_FILE.matcher(name).matches()) {
                            sources.merge(
                                    name.replace(".java", ""),
                                    Files.readString(file),
                                    String::concat);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return sources;
    }
}
