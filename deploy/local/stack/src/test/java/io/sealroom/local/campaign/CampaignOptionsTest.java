package io.sealroom.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignOptionsTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final List<String> CELLS = List.of("feed");

    @Test
    void standardAndSmall_haveTheNumbersOfTheDemo() {
        assertThat(CampaignOptions.standard(7, START, CELLS))
                .isEqualTo(new CampaignOptions(7, 200_000, 20_000, 30_000, START, 3, CELLS, 0));
        assertThat(CampaignOptions.small(7, START, CELLS))
                .isEqualTo(new CampaignOptions(7, 20_000, 2_000, 3_000, START, 3, CELLS, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 5, 1, 0, 'exposures must be at least 1, given 0'",
        "1, -1, 5, 1, 0, 'conversions must be at least 0, given -1'",
        "1, 1, 4, 1, 0, 'people must be 5 to 200000, given 4'",
        "1, 1, 200001, 1, 0, 'people must be 5 to 200000, given 200001'",
        "1, 1, 5, 0, 0, 'hours must be 1 to 672, given 0'",
        "1, 1, 5, 673, 0, 'hours must be 1 to 672, given 673'",
        "1, 1, 5, 1, -1, 'badLines must be at least 0, given -1'",
    })
    void constructor_numberOutOfRange_isRefusedByName(
            int exposures, int conversions, int people, int hours, int badLines, String message) {
        assertThatThrownBy(
                        () ->
                                new CampaignOptions(
                                        1,
                                        exposures,
                                        conversions,
                                        people,
                                        START,
                                        hours,
                                        CELLS,
                                        badLines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void constructor_withoutCells_isRefused() {
        assertThatThrownBy(() -> CampaignOptions.small(1, START, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of cells must be at least 1, given 0");
    }
}
