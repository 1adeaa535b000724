package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.hash.Bytes32;
import java.util.List;

/**
 * What the enumerator keeps in checkpoints. Splits that readers own are in their state.
 *
 * @param room digest of the room's identity, so that no other room's or policy's savepoint is taken
 * @param started whether the splits have been made; bounded ones know their end from then on
 * @param unassigned splits that no reader has yet
 */
public record SealedEnumeratorState(Bytes32 room, boolean started, List<SealedSplit> unassigned) {

    public SealedEnumeratorState {
        unassigned = List.copyOf(unassigned);
    }

    /** Before the first start. */
    static SealedEnumeratorState initial(PartnerTopic topic) {
        return new SealedEnumeratorState(roomOf(topic), false, List.of());
    }

    static Bytes32 roomOf(PartnerTopic topic) {
        return topic.identity().digest(topic.identity().policyHash());
    }
}
