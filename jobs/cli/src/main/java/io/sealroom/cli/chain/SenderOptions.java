package io.sealroom.cli.chain;

import io.sealroom.contracts.ChainSigner;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Who pays for transactions. */
@SuppressWarnings("NullAway.Init") // picocli fills the field in before a command runs.
public final class SenderOptions {

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "Key of the account that sends: 64 hex digits, or a key file; mode 600.")
    private Path key;

    public ChainSigner signer() {
        return SenderKey.read(key);
    }
}
