package io.sealroom.cli;

/** What the process ends with; scripts rely on the numbers. */
public final class ExitCodes {

    /** Done, and everything that was checked holds. */
    public static final int OK = 0;

    /**
     * Something that was checked does not hold, or is not what it must be, or the contract refuses.
     */
    public static final int MISMATCH = 1;

    /** Wrong arguments, or a file among them that cannot be read, written or used. */
    public static final int USAGE = 2;

    /** Kafka or the chain did not answer: nothing is known, asking again is right. */
    public static final int UNAVAILABLE = 3;

    /** An audit found a difference, or evidence that somebody signed two things. */
    public static final int DIFFERENCE = 4;

    /** A fault of this program (EX_SOFTWARE), kept apart from {@link #MISMATCH}. */
    public static final int FAULT = 70;

    private ExitCodes() {}
}
