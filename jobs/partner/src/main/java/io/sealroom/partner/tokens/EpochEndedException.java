package io.sealroom.partner.tokens;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;

/**
 * An epoch that nobody evaluates any more: its shares are being erased, so that asking again never
 * helps.
 */
public final class EpochEndedException extends AgentException {

    private static final long serialVersionUID = 1L;

    public EpochEndedException(long epoch) {
        super(
                ExitCode.UNAVAILABLE,
                "epoch " + epoch + " ended too long ago: no token any more",
                null);
    }
}
