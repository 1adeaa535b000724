package io.sealroom.schemas.release;

import java.util.Optional;

/** Whether a row says its value; the codes are hashed. */
public enum RowStatus {
    OK(0),
    /** The noisy count is below the threshold; the value is 0. */
    SUPPRESSED(1);

    private final int code;

    RowStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<RowStatus> ofCode(int code) {
        for (RowStatus status : values()) {
            if (status.code == code) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
