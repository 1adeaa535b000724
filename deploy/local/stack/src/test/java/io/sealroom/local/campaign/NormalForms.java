package io.sealroom.local.campaign;

import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.schemas.record.IdentifierKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a partner in the United States makes of an identifier in a file. */
final class NormalForms {

    private static final IdentifierNormaliser NORMALISER = IdentifierNormaliser.forRegion("US");

    private NormalForms() {}

    /**
     * @param idType as in the file
     * @return the normal form, or nothing if the identifier is refused
     */
    static Optional<String> of(String idType, String identifier) {
        IdentifierKind kind = idType.equals("phone") ? IdentifierKind.PHONE : IdentifierKind.EMAIL;
        NormalisationOutcome outcome = NORMALISER.normalise(kind, identifier);
        return outcome instanceof NormalisationOutcome.Normalised normalised
                ? Optional.of(
                        new String(normalised.identifier().openUtf8(), StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
