package io.sealroom.privacy.dp;

/** Whether a row shows its value. */
public enum RowStatus {
    OK(0),
    SUPPRESSED(1);

    private final int code;

    RowStatus(int code) {
        this.code = code;
    }

    /** The number in a row's leaf, PROTOCOL.md section 8. */
    public int code() {
        return code;
    }
}
