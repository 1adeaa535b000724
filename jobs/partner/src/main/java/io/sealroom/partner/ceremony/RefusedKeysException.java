package io.sealroom.partner.ceremony;

/** Ends a check of the ceremony with its result. */
final class RefusedKeysException extends Exception {

    private static final long serialVersionUID = 1L;

    private final CeremonyRefusal reason;

    RefusedKeysException(CeremonyRefusal reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    CeremonyState.Refused state() {
        return new CeremonyState.Refused(reason, String.valueOf(getMessage()));
    }
}
