package io.sealroom.partner.exchange;

import io.sealroom.schemas.record.ReplyStatus;

/** Makes the refusals that only an exchange can make. */
public final class TestingRefusal {

    private TestingRefusal() {}

    public static PartnerRefusesException quotaExceeded(String evaluator) {
        return new PartnerRefusesException(
                evaluator, ReplyStatus.QUOTA_EXCEEDED, "the quota is used up");
    }

    public static PartnerRefusesException malformed(String evaluator) {
        return new PartnerRefusesException(evaluator, ReplyStatus.MALFORMED, "malformed, it says");
    }
}
