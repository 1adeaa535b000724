package io.sealroom.local.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a chain endpoint whether it is there. */
final class EndpointProbe {

    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final String BLOCK_NUMBER =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_blockNumber\",\"params\":[]}";

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private final HttpRequest question;

    EndpointProbe(String rpcUrl) {
        question =
                HttpRequest.newBuilder(URI.create(rpcUrl))
                        .timeout(ANSWER)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(BLOCK_NUMBER))
                        .build();
    }

    boolean answers() {
        try {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException away) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
