package io.sealroom.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainOptionsTest {

    @Test
    void arguments_ofDefaults_listThemAll() {
        assertThat(ChainOptions.defaults().arguments())
                .containsExactly(
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--chain-id",
                        "31337",
                        "--accounts",
                        "10",
                        "--slots-in-an-epoch",
                        "1");
    }

    @Test
    void arguments_everythingSet_listThemAllExtraOnesLast() {
        ChainOptions options =
                ChainOptions.defaults()
                        .withExtraArguments(List.of("--no-cors"))
                        .withPort(25_000)
                        .withChainId(7)
                        .withAccounts(20)
                        .withSlotsInAnEpoch(4)
                        .withBlockTimeSeconds(2)
                        .withStateFile(Path.of("state.json"));

        assertThat(options.arguments())
                .containsExactly(
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "25000",
                        "--chain-id",
                        "7",
                        "--accounts",
                        "20",
                        "--slots-in-an-epoch",
                        "4",
                        "--block-time",
                        "2",
                        "--state",
                        "state.json",
                        "--no-cors");
    }

    @Test
    void with_valueOutOfRange_isRefusedByName() {
        ChainOptions options = ChainOptions.defaults();

        assertRefused(() -> options.withPort(65_536), "port must be 0 to 65535, given 65536");
        assertRefused(() -> options.withChainId(0), "chainId must be at least 1, given 0");
        assertRefused(() -> options.withAccounts(0), "accounts must be at least 1, given 0");
        assertRefused(
                () -> options.withSlotsInAnEpoch(0), "slotsInAnEpoch must be at least 1, given 0");
        assertRefused(
                () -> options.withBlockTimeSeconds(0),
                "blockTimeSeconds must be at least 1, given 0");
    }

    private static void assertRefused(Runnable step, String message) {
        assertThatThrownBy(step::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
