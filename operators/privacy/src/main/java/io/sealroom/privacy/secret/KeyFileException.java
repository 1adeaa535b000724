package io.sealroom.privacy.secret;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.nio.file.Path;

/** A key file that is not used; the message names the file and the rule, and never a value. */
public final class KeyFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private KeyFileException(String message) {
        super(message);
    }

    /**
     * Without a cause: a parser's message may quote what it read.
     *
     * @param rule what it breaks, with the arguments
     */
    @FormatMethod
    public static KeyFileException of(Path file, String rule, Object... arguments) {
        return new KeyFileException("key file " + file + ": " + String.format(rule, arguments));
    }
}
