package io.sealroom.partner.tokenise;

import io.sealroom.privacy.identifier.NormalisedIdentifier;

/** What a line of a base turned out to be. */
sealed interface BaseRecord {

    record Good(NormalisedIdentifier identifier) implements BaseRecord {}

    /**
     * @param line where the record begins, from 1
     */
    record Bad(long line, BaseRejectReason reason) implements BaseRecord {}
}
