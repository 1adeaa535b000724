package io.sealroom.pipeline;

/**
 * The topics are not such as can be replayed under this policy, however often it is tried; the
 * message says what is wrong with which.
 */
public final class ReplayRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    ReplayRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
