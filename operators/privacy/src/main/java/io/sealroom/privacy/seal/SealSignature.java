package io.sealroom.privacy.seal;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.record.Seal;
import java.util.Optional;

/** What a partner signed when it sealed. Pure. */
final class SealSignature {

    private SealSignature() {}

    /** The struct hash of the seal, if the topic's partner signed it. */
    static Optional<Bytes32> content(PartnerTopic topic, Seal seal) {
        if (seal.from() < 0 || seal.to() < 0 || seal.count() < 0) {
            // The signed struct is unsigned: nobody can have signed this.
            return Optional.empty();
        }
        Bytes32 content = seal.structHash(topic.partnerName(), topic.partitions());
        return Secp256k1.recover(topic.identity().digest(content), seal.signature().toBytes())
                .filter(topic.partner().address()::equals)
                .map(signer -> content);
    }
}
