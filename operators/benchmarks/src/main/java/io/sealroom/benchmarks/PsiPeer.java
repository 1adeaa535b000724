package io.sealroom.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code @openmined/psi.js}: Google's private set intersection with BoringSSL in WebAssembly. */
final class PsiPeer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path script;
    private final int millis;

    /**
     * @param script peer/psi.js, with its modules installed beside it
     * @param millis of CPU time for which a round lasts at least
     */
    PsiPeer(Path script, int millis) {
        this.script = script;
        this.millis = millis;
    }

    /**
     * One round.
     *
     * @throws IOException if it cannot be run or answers something else
     */
    Round round() throws IOException {
        List<String> lines = PeerProcess.lines("node", script.toString(), "" + millis);
        JsonNode answer = JSON.readTree(String.join("", lines));
        return new Round(
                answer.required("blind").asDouble(),
                answer.required("evaluate").asDouble(),
                answer.required("unblind").asDouble());
    }

    /**
     * Microseconds of CPU time per element.
     *
     * @param blind client: hash to the curve and mask
     * @param evaluate server: mask again
     * @param unblind client: remove the own mask and look up
     */
    record Round(double blind, double evaluate, double unblind) {

        double path() {
            return blind + evaluate + unblind;
        }
    }
}
