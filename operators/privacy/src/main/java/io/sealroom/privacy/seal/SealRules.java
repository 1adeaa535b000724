package io.sealroom.privacy.seal;

import io.sealroom.schemas.hash.Secp256k1;
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
 * partition, signature, order, slices, count, head, window parts. Commitments, their signatures and
 * the secrets inside the parts are judged where they are opened, in the release stage.
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
        if (!signedByPartner(seal)) {
            return Optional.of(RejectReason.SEAL_SIGNATURE);
        }
        if (seal.from() != progress.sealedUntil()) {
            return Optional.of(RejectReason.SEAL_ORDER);
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

    private boolean signedByPartner(Seal seal) {
        if (seal.from() < 0 || seal.to() < 0 || seal.count() < 0) {
            // The signed struct is unsigned: nobody can have signed this.
            return false;
        }
        return Secp256k1.recover(
                        topic.identity()
                                .digest(seal.structHash(topic.partnerName(), topic.partitions())),
                        seal.signature().toBytes())
                .filter(topic.partner().address()::equals)
                .isPresent();
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
