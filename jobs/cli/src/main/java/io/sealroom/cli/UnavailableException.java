package io.sealroom.cli;

/** Something that a command needs does not answer; the message says what. */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }
}
