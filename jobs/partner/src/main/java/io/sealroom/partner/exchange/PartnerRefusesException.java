package io.sealroom.partner.exchange;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.schemas.record.ReplyStatus;

/**
 * A partner has refused to evaluate, under its signature, in a way that asking again does not
 * change soon. Ends a run over a file; a live agent may wait instead.
 */
public final class PartnerRefusesException extends AgentException {

    private static final long serialVersionUID = 1L;

    private final String evaluator;
    private final ReplyStatus status;

    PartnerRefusesException(String evaluator, ReplyStatus status, String message) {
        super(ExitCode.UNAVAILABLE, message, null);
        this.evaluator = evaluator;
        this.status = status;
    }

    /** Name of the partner that refuses. */
    public String evaluator() {
        return evaluator;
    }

    /** What it signed: WRONG_EPOCH, QUOTA_EXCEEDED or MALFORMED. */
    public ReplyStatus status() {
        return status;
    }
}
