package io.sealroom.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.cli.SampleChain;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.local.parts.ChainOptions;
import io.sealroom.local.parts.LocalChain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployCommandTest {

    private final Path directory;

    DeployCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Run deploy(LocalChain chain, String rpcUrl, String... more) throws IOException {
        Path key = directory.resolve("deployer.key");
        Files.writeString(key, chain.developmentKey(0));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String[] args = {"chain", "deploy", "--rpc", rpcUrl, "--key", key.toString(), "--json"};
        return Run.of(
                Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new));
    }

    @Test
    void deploy_nothingIsMined_isUnavailableAfterTheTimeout() throws IOException {
        ChainOptions noMining = ChainOptions.defaults().withExtraArguments(List.of("--no-mining"));
        try (LocalChain chain = LocalChain.start(noMining)) {
            long start = System.nanoTime();
            Run run = deploy(chain, chain.rpcUrl(), "--timeout", "PT3S");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(30));
            assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("in no block yet: transaction 0x");
        }
    }

    @Test
    void deploy_ledgerNotTaken_printsTheFactory() throws IOException {
        try (LocalChain chain = LocalChain.start();
                OneTransaction endpoint = new OneTransaction(chain)) {
            Run run = deploy(chain, endpoint.url());
            assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
            assertThat(run.err()).contains("does not take the deployment");
            JsonNode deployed = SampleChain.object(run);
            assertThat(deployed.required("factory").textValue())
                    .isEqualTo(SampleRoom.FACTORY.hex());
            assertThat(deployed.required("ledger").isNull()).isTrue();
        }
    }

    /** An endpoint that hands everything on, but the first transaction only. */
    private static final class OneTransaction implements AutoCloseable {

        private final LocalChain chain;
        private final HttpServer server;
        private final AtomicInteger transactions = new AtomicInteger();

        OneTransaction(LocalChain chain) throws IOException {
            this.chain = chain;
            this.server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private void answer(HttpExchange exchange) throws IOException {
            byte[] request = exchange.getRequestBody().readAllBytes();
            boolean sends =
                    new String(request, StandardCharsets.UTF_8).contains("eth_sendRawTransaction");
            byte[] answer =
                    sends && transactions.incrementAndGet() > 1
                            ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"full\"}}"
                                    .getBytes(StandardCharsets.UTF_8)
                            : handOn(request);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }

        private byte[] handOn(byte[] request) throws IOException {
            try {
                return HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(chain.rpcUrl()))
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
