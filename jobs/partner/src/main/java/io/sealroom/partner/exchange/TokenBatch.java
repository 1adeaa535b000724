package io.sealroom.partner.exchange;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.oprf.BlindedBatch;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.VerifiedEvaluation;
import io.sealroom.schemas.hash.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One blinded batch and the answers verified so far. For one thread. */
final class TokenBatch {

    private final long epoch;
    private final PartnerKeys keys;
    private final List<NormalisedIdentifier> identifiers;
    private final BlindedBatch blinded;
    private final List<Bytes> elements;
    private final @Nullable VerifiedEvaluation[] verified;

    TokenBatch(
            long epoch,
            PartnerKeys keys,
            List<NormalisedIdentifier> identifiers,
            BlindedBatch blinded) {
        this.epoch = epoch;
        this.keys = keys;
        this.identifiers = identifiers;
        this.blinded = blinded;
        this.elements = blinded.elements().encoded();
        this.verified = new VerifiedEvaluation[keys.size()];
    }

    long epoch() {
        return epoch;
    }

    PartnerKeys keys() {
        return keys;
    }

    List<NormalisedIdentifier> identifiers() {
        return identifiers;
    }

    BlindedBatch blinded() {
        return blinded;
    }

    List<Bytes> elements() {
        return elements;
    }

    void verified(int partnerIndex, VerifiedEvaluation evaluation) {
        verified[partnerIndex] = evaluation;
    }

    boolean isComplete() {
        return Arrays.stream(verified).allMatch(Objects::nonNull);
    }

    /** In policy order, once complete. */
    List<VerifiedEvaluation> evaluations() {
        return Arrays.stream(verified).map(Objects::requireNonNull).toList();
    }
}
