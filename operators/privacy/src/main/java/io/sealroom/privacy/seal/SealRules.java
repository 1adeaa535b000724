package io.sealroom.privacy.seal;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Auditor;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.RecipientSecret;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import java.util.List;
import java.util.Optional;

/**
 * Whether a seal is valid at its place in its partition (PROTOCOL.md section 5). Pure.
 *
 * <p>The first fault decides, in the order in which {@link RejectReason} lists them: policy,
 * partition, signature, order, slices, count, head, window parts. A seal that begins before the end
 * of the last valid one is repeated, differs or, where no seal of its slices is remembered, is out
 * of order. Commitments, their signatures and the secrets inside the parts are judged where they
 * are opened, in the release stage.
 */
public final class SealRules {

    private final PartnerTopic topic;
    private final Policy policy;
    private final int partition;
    private final List<Long> windowLengths;
    private final List<String> recipients;

    public SealRules(PartnerTopic topic, int partition) {
        this.topic = topic;
        this.policy = topic.policy();
        this.partition = partition;
        this.windowLengths = policy.windowLengths();
        this.recipients = policy.recipients().stream().map(Auditor::name).toList();
    }

    /**
     * Why the seal is refused; nothing if it is valid.
     *
     * @param progress that of the partition before the seal's own record
     */
    public Optional<RejectReason> refusal(Seal seal, PartitionProgress progress) {
        if (!seal.policyHash().equals(topic.identity().policyHash())) {
            return Optional.of(RejectReason.SEAL_POLICY);
        }
        if (seal.partition() != partition) {
            return Optional.of(RejectReason.SEAL_PARTITION);
        }
        Optional<Bytes32> content = SealSignature.content(topic, seal);
        if (content.isEmpty()) {
            return Optional.of(RejectReason.SEAL_SIGNATURE);
        }
        if (seal.from() != progress.sealedUntil()) {
            return Optional.of(outOfOrder(seal, content.get(), progress));
        }
        if (!slicesFit(seal)) {
            return Optional.of(RejectReason.SEAL_SLICE);
        }
        if (seal.count() != progress.chain().count()) {
            return Optional.of(RejectReason.SEAL_COUNT);
        }
        if (!seal.head().equals(progress.chain().head())) {
            return Optional.of(RejectReason.SEAL_HEAD);
        }
        return windowsFit(seal) ? Optional.empty() : Optional.of(RejectReason.SEAL_WINDOWS);
    }

    /**
     * What a valid seal leaves for later ones to be held against.
     *
     * @param offset of its record
     */
    public StandingSeal standing(Seal seal, long offset) {
        return new StandingSeal(
                seal.from(),
                seal.to(),
                seal.structHash(topic.partnerName(), topic.partitions()),
                offset);
    }

    /**
     * Only what was valid stands, and standing seals share no slice: a repeat meets none but its
     * own.
     */
    private static RejectReason outOfOrder(Seal seal, Bytes32 content, PartitionProgress progress) {
        return progress.standingOver(seal.from(), seal.to())
                .map(
                        standing ->
                                standing.content().equals(content)
                                        ? RejectReason.SEAL_REPEATED
                                        : RejectReason.SEAL_DIFFERS)
                .orElse(RejectReason.SEAL_ORDER);
    }

    private boolean slicesFit(Seal seal) {
        long shortest = windowLengths.get(0);
        return seal.from() < seal.to()
                && seal.to() <= policy.endMillis()
                && seal.from() % policy.sliceMillis() == 0
                && seal.to() % policy.sliceMillis() == 0
                && (seal.reanchor() || seal.from() / shortest == (seal.to() - 1) / shortest);
    }

    private boolean windowsFit(Seal seal) {
        List<Long> ending =
                partition == 0 && !seal.reanchor()
                        ? windowLengths.stream().filter(length -> seal.to() % length == 0).toList()
                        : List.of();
        List<WindowPart> parts = seal.windows();
        if (parts.size() != ending.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            WindowPart part = parts.get(i);
            if (part.end() != seal.to()
                    || part.start() != seal.to() - ending.get(i)
                    || !names(part).equals(recipients)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> names(WindowPart part) {
        return part.secrets().stream().map(RecipientSecret::recipient).toList();
    }
}
