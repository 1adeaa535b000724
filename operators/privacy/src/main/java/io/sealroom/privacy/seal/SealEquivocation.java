package io.sealroom.privacy.seal;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import java.util.Optional;

/**
 * Whether two records convict a partner of having sealed the same slices twice, differently: for a
 * node's operator, an auditor or a court that has nothing but the two records and the policy. Pure;
 * never throws, whatever the bytes.
 *
 * <p>An honest agent stores its seals before it sends the first and sends the same again after a
 * crash, so that it signs at most one statement about a slice; but one: what it sealed may reach a
 * log that has lost a record, and it then re-anchors over the same slices. Whether it had to, only
 * the log tells, so that a re-anchoring seal convicts nobody.
 */
public final class SealEquivocation {

    /** What two records show. */
    public enum Finding {
        /** The partner signed two different statements about one slice of one partition. */
        CONVICTS,
        /** One of them is no seal of this room, policy, topic and partner. */
        NOT_SIGNED,
        /** Another partition, or no slice in common. */
        UNRELATED,
        /** The same statement, whatever the signatures. */
        SAME,
        /** They differ and one of them re-anchors. */
        REANCHORED
    }

    private SealEquivocation() {}

    /** What the values of two records of a partner's topic show; their order does not matter. */
    public static Finding judge(PartnerTopic topic, byte[] one, byte[] other) {
        Optional<Signed> first = signed(topic, one);
        Optional<Signed> second = signed(topic, other);
        return first.isPresent() && second.isPresent()
                ? compare(first.get(), second.get())
                : Finding.NOT_SIGNED;
    }

    private record Signed(Seal seal, Bytes32 content) {}

    private static Optional<Signed> signed(PartnerTopic topic, byte[] record) {
        return Codecs.SEAL
                .decode(record)
                .toOptional()
                .filter(seal -> seal.policyHash().equals(topic.identity().policyHash()))
                .filter(seal -> seal.partition() < topic.partitions())
                .flatMap(
                        seal ->
                                SealSignature.content(topic, seal)
                                        .map(content -> new Signed(seal, content)));
    }

    private static Finding compare(Signed first, Signed second) {
        Seal one = first.seal();
        Seal other = second.seal();
        if (one.partition() != other.partition()
                || Math.max(one.from(), other.from()) >= Math.min(one.to(), other.to())) {
            return Finding.UNRELATED;
        }
        if (first.content().equals(second.content())) {
            return Finding.SAME;
        }
        return one.reanchor() || other.reanchor() ? Finding.REANCHORED : Finding.CONVICTS;
    }
}
