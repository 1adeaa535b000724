package io.sealroom.cli;

/**
 * Something that was checked does not hold, or the chain does not take it as things stand; the
 * message says what, and what to do.
 */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
