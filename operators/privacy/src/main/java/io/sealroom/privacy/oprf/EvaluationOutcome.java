package io.sealroom.privacy.oprf;

/** What a requester thinks of one partner's answer. */
public sealed interface EvaluationOutcome {

    /**
     * @param evaluation fit for {@link VoprfRequester#combine}
     */
    record Verified(VerifiedEvaluation evaluation) implements EvaluationOutcome {}

    /**
     * @param partnerIndex whose answer it is, in the order of the {@link PartnerKeys}
     * @param reason why nothing may be computed from it
     */
    record Refused(int partnerIndex, EvaluationRefusal reason) implements EvaluationOutcome {}
}
