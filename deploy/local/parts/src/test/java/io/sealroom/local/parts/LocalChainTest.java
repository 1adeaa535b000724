package io.sealroom.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs anvil: skipped in a checkout whose contracts were never built. */
class LocalChainTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void needsAnvil() {
        assumeThatCode(AnvilBinary::locate).doesNotThrowAnyException();
    }

    @Test
    void start_withDefaults_answersItsChainIdAndListsWellKnownAccounts() throws Exception {
        try (LocalChain chain = LocalChain.start()) {
            assertThat(call(chain, "eth_chainId")).contains("\"0x7a69\"");
            assertThat(chain.developmentKey(0))
                    .isEqualTo(
                            "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
            assertThat(chain.developmentAddress(9))
                    .isEqualTo("0xa0Ee7A142d267C1f36714E4a8F75612F20a79720");
            assertThat(call(chain, "eth_accounts"))
                    .containsIgnoringCase(chain.developmentAddress(9));
            assertThatThrownBy(() -> chain.developmentKey(10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("account must be from 0 to 9, given 10");
        }
    }

    @Test
    void start_withOptions_minesByTimeOnThePortAskedFor() throws Exception {
        int port = Ports.free();
        ChainOptions options =
                ChainOptions.defaults()
                        .withPort(port)
                        .withChainId(7)
                        .withAccounts(12)
                        .withBlockTimeSeconds(1);
        try (LocalChain chain = LocalChain.start(options)) {
            assertThat(chain.rpcUrl()).isEqualTo("http://127.0.0.1:" + port);
            assertThat(call(chain, "eth_chainId")).contains("\"0x7\"");
            assertThat(chain.developmentKey(11)).matches("0x[0-9a-f]{64}");
            Await.until(
                    "a block without transactions",
                    Duration.ofSeconds(20),
                    () -> !call(chain, "eth_blockNumber").contains("\"0x0\""));
        }
    }

    @Test
    void close_withStateFile_keepsTheStateForTheNext(@TempDir Path directory) throws Exception {
        Path state = directory.resolve("state.json");
        ChainOptions options = ChainOptions.defaults().withStateFile(state);
        try (LocalChain chain = LocalChain.start(options)) {
            call(chain, "anvil_mine", "\"0x5\"");
        }
        assertThat(state).isNotEmptyFile();

        try (LocalChain chain = LocalChain.start(options)) {
            assertThat(call(chain, "eth_blockNumber")).contains("\"0x5\"");
        }
    }

    @Test
    void close_twice_endsTheChildAndFreesThePort() throws IOException {
        LocalChain chain = LocalChain.start();
        assertThat(chain.processHandle().isAlive()).isTrue();

        chain.close();
        chain.close();

        assertThat(chain.processHandle().isAlive()).isFalse();
        assertThat(Ports.isFree(chain.port())).isTrue();
    }

    @Test
    void close_childKilledBefore_returns() throws IOException {
        LocalChain chain = LocalChain.start();
        chain.processHandle().destroyForcibly();
        Await.until(
                "end of the child", Duration.ofSeconds(10), () -> !chain.processHandle().isAlive());

        chain.close();
    }

    @Test
    void start_argumentUnknownToAnvil_failsWithItsWords() {
        ChainOptions options =
                ChainOptions.defaults().withExtraArguments(List.of("--no-such-argument"));

        assertThatThrownBy(() -> LocalChain.start(options))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("anvil ended before it listened")
                .hasMessageContaining("--no-such-argument");
    }

    @Test
    void exit_ofJvmThatDidNotClose_endsTheChild(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dsealroom.anvil=" + AnvilBinary.locate(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                StartAndExit.class.getName(),
                                directory.resolve("pid").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();

        assertThat(process.waitFor()).describedAs(Files.readString(output)).isZero();
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")));
        Await.until(
                "end of the child of the child",
                Duration.ofSeconds(10),
                () -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    private static String call(LocalChain chain, String method, String... parameters) {
        String body =
                String.format(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}",
                        method, String.join(",", parameters));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(chain.rpcUrl()))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
    }

    /** A program that starts a chain, notes its process and exits without closing it. */
    static final class StartAndExit {
        private StartAndExit() {}

        public static void main(String[] arguments) throws IOException {
            LocalChain chain = LocalChain.start();
            Files.writeString(Path.of(arguments[0]), Long.toString(chain.processHandle().pid()));
            System.exit(0);
        }
    }
}
