package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.policy.Topics;
import java.util.Optional;

/**
 * Whether a topic can hold a partner's log: the policy's number of partitions, and every record
 * kept as long as the room lives; or what nodes write: one partition, and kept for ever. In both,
 * nothing that unpacks to more than a record may be. Pure.
 */
final class TopicRules {

    private TopicRules() {}

    /**
     * What is wrong, for whoever is on call.
     *
     * @param fromTheFirstRecord whether reading starts there, and not from a savepoint
     */
    static Optional<String> violation(
            PartnerTopic topic, TopicFacts facts, boolean fromTheFirstRecord) {
        return fault(topic, facts)
                .or(() -> fromTheFirstRecord ? missingBeginning(facts) : Optional.empty())
                .map(
                        fault ->
                                String.format(
                                        "events topic %s of partner %s %s",
                                        topic.name(), topic.partnerName(), fault));
    }

    /**
     * The same for a topic of the room that is not a partner's.
     *
     * @param bytesNeeded the least {@code max.message.bytes} that will do; only nodes write records
     *     that need more than {@link Topics#MESSAGE_BYTES_MAX}
     */
    static Optional<String> violation(String topic, TopicFacts facts, int bytesNeeded) {
        return compressed(facts)
                .or(() -> tooLarge(facts, Topics.releaseBytesMax(bytesNeeded)))
                .or(() -> tooSmall(facts, bytesNeeded))
                .map(fault -> String.format("topic %s %s", topic, fault))
                .or(() -> loss(topic, facts));
    }

    private static Optional<String> tooSmall(TopicFacts facts, int bytesNeeded) {
        return facts.messageBytesMax() >= bytesNeeded
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                "has max.message.bytes=%d, the policy's largest release needs %d:"
                                        + " such a window would end the job each time it comes. Set"
                                        + " max.message.bytes=%d",
                                facts.messageBytesMax(),
                                bytesNeeded,
                                Topics.releaseBytesMax(bytesNeeded)));
    }

    private static Optional<String> loss(String topic, TopicFacts facts) {
        return difference("partitions", 1, facts.partitions())
                .or(() -> difference("cleanup.policy", "delete", facts.cleanupPolicy()))
                .or(() -> difference("retention.ms", -1L, facts.retentionMillis()))
                .or(() -> difference("retention.bytes", -1L, facts.retentionBytes()))
                .map(
                        difference ->
                                String.format(
                                        "topic %s has %s: windows would be lost. Set it; `sealroom"
                                                + " room topics` names what differs, and creates a"
                                                + " topic only where it is missing",
                                        topic, difference));
    }

    private static Optional<String> difference(String what, Object wanted, Object found) {
        return wanted.equals(found)
                ? Optional.empty()
                : Optional.of(String.format("%s=%s, wanted is %s", what, found, wanted));
    }

    private static Optional<String> fault(PartnerTopic topic, TopicFacts facts) {
        long roomMillis = topic.policy().endMillis() - topic.policy().startMillis();
        if (facts.partitions() != topic.partitions()) {
            return Optional.of(
                    String.format(
                            "has %d partitions, the policy says %d: chain heads and seals bind that"
                                    + " number. Create the topic anew with the policy's number",
                            facts.partitions(), topic.partitions()));
        }
        if (!facts.cleanupPolicy().equals("delete")) {
            return Optional.of(
                    String.format(
                            "has cleanup.policy=%s, which can drop records from the middle of the"
                                    + " log and break every chain head. Set cleanup.policy=delete",
                            facts.cleanupPolicy()));
        }
        if (facts.retentionMillis() != -1 && facts.retentionMillis() < roomMillis) {
            return Optional.of(
                    String.format(
                            "has retention.ms=%d, the room is open for %d ms: a replay would miss"
                                    + " its first records. Set retention.ms to at least that and"
                                    + " the audit horizon, or to -1",
                            facts.retentionMillis(), roomMillis));
        }
        if (facts.retentionBytes() != -1) {
            return Optional.of(
                    String.format(
                            "has retention.bytes=%d: a busy partner would lose its first records."
                                    + " Set retention.bytes=-1",
                            facts.retentionBytes()));
        }
        return compressed(facts).or(() -> tooLarge(facts, Topics.MESSAGE_BYTES_MAX));
    }

    private static Optional<String> compressed(TopicFacts facts) {
        return facts.compression().equals(Topics.COMPRESSION)
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                "has compression.type=%s: a small batch that unpacks to gigabytes"
                                        + " would end every job that reads it, at each start again."
                                        + " Set compression.type=%s before anybody may write to it",
                                facts.compression(), Topics.COMPRESSION));
    }

    private static Optional<String> tooLarge(TopicFacts facts, int messageBytesMax) {
        return facts.messageBytesMax() <= messageBytesMax
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                "has max.message.bytes=%d, which lets in records that fill a"
                                        + " reader's memory. Set max.message.bytes=%d",
                                facts.messageBytesMax(), messageBytesMax));
    }

    private static Optional<String> missingBeginning(TopicFacts facts) {
        for (int partition = 0; partition < facts.partitions(); partition++) {
            long beginning = facts.beginnings().get(partition);
            if (beginning != 0) {
                return Optional.of(
                        String.format(
                                "begins at offset %d in partition %d: its first records were"
                                        + " deleted, and no chain head can be recomputed. Start"
                                        + " from a savepoint, or restore the topic",
                                beginning, partition));
            }
        }
        return Optional.empty();
    }
}
