package io.sealroom.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadLinesTest {

    private static final CampaignOptions OPTIONS =
            CampaignOptions.small(1, Instant.parse("2026-03-02T09:00:00Z"), List.of("feed"));

    @Test
    void line_tenInARow_areBadInTenWays() {
        BadLines bad = BadLines.ofExposures(OPTIONS);

        assertThat(IntStream.range(0, 10).mapToObj(bad::line).map(BadLinesTest::withoutId))
                .doesNotHaveDuplicates();
        assertThat(withoutId(bad.line(10))).isEqualTo(withoutId(bad.line(0)));
    }

    @Test
    void line_ofConversions_isOtherwiseAConversion() {
        assertThat(BadLines.ofConversions(OPTIONS).line(0))
                .isEqualTo("bad-00000,email,no address,2026-03-02T09:01:00Z,conversion,,1999");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void line_badByItsIdentifier_hasOneThatIsRefused(int number) {
        String[] fields = BadLines.ofExposures(OPTIONS).line(number).split(",", -1);

        assertThat(NormalForms.of(fields[1], fields[2])).isEmpty();
    }

    private static String withoutId(String line) {
        return line.substring(line.indexOf(','));
    }
}
