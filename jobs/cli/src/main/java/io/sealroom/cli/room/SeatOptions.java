package io.sealroom.cli.room;

import io.sealroom.cli.chain.SenderKey;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.schemas.policy.Policy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which partner acts, and who pays for it. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before a command runs.
final class SeatOptions {

    @Option(
            names = "--partner-keys",
            required = true,
            paramLabel = "FILE",
            description = "The partner's key file.")
    private Path keys;

    @Option(
            names = "--seed",
            paramLabel = "FILE",
            description =
                    "The partner's OPRF seed of this room (default: oprf-NAME.json beside the key"
                            + " file).")
    private @Nullable Path seed;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Key of the account that sends, if not the partner's own: 64 hex digits, or a"
                            + " key file; mode 600.")
    private @Nullable Path key;

    Seat seat(Policy policy) {
        return Seat.of(policy, keys, seed);
    }

    /** Who sends the partner's transactions. */
    ChainSigner payer(Seat seat) {
        return key == null ? SenderKey.of(seat.keys()) : SenderKey.read(key);
    }
}
