package io.sealroom.cli;

/** The user has to change an argument or a file; the message says which and why. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
