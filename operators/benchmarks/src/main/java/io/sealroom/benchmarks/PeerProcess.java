package io.sealroom.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** Runs a peer to its end. */
final class PeerProcess {

    private PeerProcess() {}

    /**
     * What it writes to its standard output; its errors go to ours.
     *
     * @throws IOException if it cannot be started or fails
     */
    static List<String> lines(String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(
                                command[0].equals("openssl")
                                        // It reports its progress there.
                                        ? ProcessBuilder.Redirect.DISCARD
                                        : ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader reader = process.inputReader()) {
            List<String> lines = reader.lines().toList();
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(command[0] + " ended with status " + status);
            }
            return lines;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(command[0] + " was interrupted", e);
        }
    }
}
