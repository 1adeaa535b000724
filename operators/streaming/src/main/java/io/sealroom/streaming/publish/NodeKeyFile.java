package io.sealroom.streaming.publish;

import io.sealroom.contracts.ChainSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A chain key in a file of the machine that runs the task: 64 hex digits, with or without {@code
 * 0x}, and white space around them.
 *
 * @param path of the file
 */
public record NodeKeyFile(String path) implements NodeKey {

    @Override
    public ChainSigner load() throws IOException {
        String text = Files.readString(Path.of(path), StandardCharsets.US_ASCII).strip();
        try {
            return ChainSigner.fromHex(text);
        } catch (IllegalArgumentException e) {
            // Without the cause: nothing of the file's content may reach a log.
            throw new IOException("no chain key (64 hex digits in [1, n)) in " + path);
        }
    }
}
