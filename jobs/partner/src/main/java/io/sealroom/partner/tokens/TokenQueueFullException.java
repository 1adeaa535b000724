package io.sealroom.partner.tokens;

/**
 * As many identifiers wait for their token as may. Back-pressure, not a failure: ask again when
 * some have theirs.
 */
public final class TokenQueueFullException extends Exception {

    private static final long serialVersionUID = 1L;

    TokenQueueFullException(int waitingMax) {
        super(waitingMax + " identifiers wait for their token already: ask again later");
    }
}
