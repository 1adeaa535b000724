package io.sealroom.schemas.release;

/**
 * A line that is not a release in the form of {@link ReleaseJson}. It names the place and the rule,
 * never what stands there: the file is somebody else's.
 */
public final class ReleaseJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long line;
    private final String field;

    ReleaseJsonException(long line, String field, String problem) {
        super(
                field.isEmpty()
                        ? String.format("line %d: %s", line, problem)
                        : String.format("line %d: %s: %s", line, field, problem));
        this.line = line;
        this.field = field;
    }

    /** Number of the line, from 1. */
    public long line() {
        return line;
    }

    /** Path of the field, as in {@code rows[2].value}; empty where the line as a whole is meant. */
    public String field() {
        return field;
    }
}
