package io.sealroom.partner.exit;

/** How an agent's process ends. 1 is left to faults of the program itself. */
public enum ExitCode {
    OK(0),
    /** Wrong usage, or an input, policy, key or room file that cannot be used. */
    BAD_INPUT(2),
    /** Kafka or another partner is away, or refuses; starting again later may help. */
    UNAVAILABLE(3),
    /** The own topic holds something else than this agent wrote: nothing more is sealed. */
    ALARM(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
