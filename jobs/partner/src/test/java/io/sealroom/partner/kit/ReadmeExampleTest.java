package io.sealroom.partner.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeExampleTest {

    private static final Path SOURCE =
            Path.of("src/test/java/io/sealroom/partner/kit/ReadmeExample.java");

    @Test
    void example_ofTheReadme_isTheOneThatCompiles() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String source = Files.readString(SOURCE);

        String shown = between(readme, "```java\n", "```");
        String body = between(source, "throws Exception {\n", "\n    }\n");

        assertThat(shown).isEqualTo(body.stripIndent() + "\n");
    }

    private static String between(String text, String begin, String end) {
        assertThat(text).containsOnlyOnce(begin);
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
