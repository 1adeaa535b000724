package io.sealroom.partner.exit;

import com.google.errorprone.annotations.FormatMethod;
import org.jspecify.annotations.Nullable;

/**
 * Ends the agent, unless whoever asked knows better; the message is for whoever started it, and
 * names no identifier or secret.
 */
public class AgentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    protected AgentException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    @FormatMethod
    public static AgentException badInput(String format, @Nullable Object... arguments) {
        return new AgentException(ExitCode.BAD_INPUT, String.format(format, arguments), null);
    }

    @FormatMethod
    public static AgentException unavailable(
            @Nullable Throwable cause, String format, @Nullable Object... arguments) {
        return new AgentException(ExitCode.UNAVAILABLE, String.format(format, arguments), cause);
    }

    @FormatMethod
    public static AgentException alarm(String format, @Nullable Object... arguments) {
        return new AgentException(ExitCode.ALARM, String.format(format, arguments), null);
    }

    public final ExitCode exitCode() {
        return exitCode;
    }
}
