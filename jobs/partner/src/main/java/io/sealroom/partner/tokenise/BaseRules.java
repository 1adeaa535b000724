package io.sealroom.partner.tokenise;

import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.Locale;

/** What the two fields of a line must be; the same rules as for events. */
final class BaseRules {

    private final IdentifierNormaliser normaliser;

    BaseRules(IdentifierNormaliser normaliser) {
        this.normaliser = normaliser;
    }

    BaseRecord check(long line, String idType, String identifier) {
        return switch (idType.toLowerCase(Locale.ROOT)) {
            case "email" -> check(line, IdentifierKind.EMAIL, identifier);
            case "phone" -> check(line, IdentifierKind.PHONE, identifier);
            default -> new BaseRecord.Bad(line, BaseRejectReason.ID_TYPE_UNKNOWN);
        };
    }

    private BaseRecord check(long line, IdentifierKind kind, String identifier) {
        NormalisationOutcome outcome = normaliser.normalise(kind, identifier);
        if (outcome instanceof NormalisationOutcome.Rejected rejected) {
            return new BaseRecord.Bad(line, BaseRejectReason.of(rejected.reason()));
        }
        return new BaseRecord.Good(((NormalisationOutcome.Normalised) outcome).identifier());
    }
}
