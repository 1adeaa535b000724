package io.sealroom.privacy.identifier;

/** An identifier in normal form, or why the text is none. */
public sealed interface NormalisationOutcome {

    record Normalised(NormalisedIdentifier identifier) implements NormalisationOutcome {}

    record Rejected(IdentifierRejection reason) implements NormalisationOutcome {}
}
