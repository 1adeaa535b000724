package io.sealroom.streaming.source;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seals of one partition by the partner that owns the key: right, and wrong in one way. */
final class HostileSeals {

    private static final long YEAR_2100 = 4_102_444_800_000L;
    private static final WindowPart SURPLUS =
            new WindowPart(0, 1, Bytes32.ZERO, Bytes.of(new byte[65]), Bytes32.ZERO, List.of());

    private final TestingRoom room;
    private final Policy policy;
    private final TestingPartner partner;
    private final int partition;
    private final Random random;
    private final List<Seal> valid = new ArrayList<>();

    HostileSeals(TestingRoom room, TestingPartner partner, int partition, Random random) {
        this.room = room;
        this.policy = room.policy();
        this.partner = partner;
        this.partition = partition;
        this.random = random;
    }

    /** The valid seal that comes next, appended to the partner's log. */
    HostileRecord honest() {
        long to = partner.sealedUntil(partition) + policy.sliceMillis();
        boolean reanchor = random.nextInt(8) == 0 && to < policy.endMillis();
        Seal seal =
                reanchor
                        ? partner.reanchor(partition, to + policy.sliceMillis())
                        : partner.seal(partition, to);
        valid.add(seal);
        return record(seal, "verdict");
    }

    /** A valid seal of before, or the one that would come next: something to damage. */
    byte[] any() {
        return Codecs.SEAL.encode(
                valid.isEmpty() ? next() : valid.get(random.nextInt(valid.size())));
    }

    HostileRecord faulty() {
        Seal next = next();
        return switch (random.nextInt(11)) {
            case 0 ->
                    resigned(
                            with(
                                    next,
                                    partition,
                                    next.from(),
                                    next.to(),
                                    next.count(),
                                    next.head(),
                                    Bytes32.ZERO),
                            RejectReason.SEAL_POLICY);
            case 1 ->
                    resigned(
                            with(
                                    next,
                                    1 - partition,
                                    next.from(),
                                    next.to(),
                                    next.count(),
                                    next.head(),
                                    next.policyHash()),
                            RejectReason.SEAL_PARTITION);
            case 2 ->
                    record(
                            partner.sign(next, TestingKeys.chainKey("advertiser")),
                            RejectReason.SEAL_SIGNATURE.name());
            case 3 ->
                    record(
                            over(next, next.from(), next.to(), next.count() + 1, next.head())
                                    .signed(next.signature()),
                            RejectReason.SEAL_SIGNATURE.name());
            case 4 ->
                    resigned(
                            over(
                                    next,
                                    next.to(),
                                    next.to() + policy.sliceMillis(),
                                    next.count(),
                                    next.head()),
                            RejectReason.SEAL_ORDER);
            case 5 ->
                    resigned(
                            over(next, next.from(), badEnd(next), next.count(), next.head()),
                            RejectReason.SEAL_SLICE);
            case 6 ->
                    resigned(
                            over(next, next.from(), next.to(), next.count() + 1, next.head()),
                            RejectReason.SEAL_COUNT);
            case 7 ->
                    resigned(
                            over(next, next.from(), next.to(), next.count(), Bytes32.ZERO),
                            RejectReason.SEAL_HEAD);
            case 8 -> resigned(otherParts(next), RejectReason.SEAL_WINDOWS);
            case 9 -> repeated(next);
            default -> differing(next);
        };
    }

    private Seal next() {
        return partner.nextSeal(partition, partner.sealedUntil(partition) + policy.sliceMillis());
    }

    private long badEnd(Seal next) {
        return switch (random.nextInt(4)) {
            case 0 -> next.from();
            case 1 -> next.to() - 1;
            case 2 -> policy.endMillis() + policy.sliceMillis();
            default -> YEAR_2100;
        };
    }

    private HostileRecord repeated(Seal next) {
        if (valid.isEmpty()) {
            return resigned(
                    over(next, next.from() - policy.sliceMillis(), next.from(), 0, next.head()),
                    RejectReason.SEAL_ORDER);
        }
        Seal seal = valid.get(random.nextInt(valid.size()));
        return record(
                random.nextBoolean() ? seal : SecondSignature.of(room, partner, seal),
                RejectReason.SEAL_REPEATED.name());
    }

    private HostileRecord differing(Seal next) {
        if (valid.isEmpty()) {
            return repeated(next);
        }
        Seal seal = valid.get(random.nextInt(valid.size()));
        return resigned(
                over(seal, seal.from(), seal.to(), seal.count() + 1, seal.head()),
                RejectReason.SEAL_DIFFERS);
    }

    private static Seal otherParts(Seal seal) {
        return new Seal(
                seal.partition(),
                seal.from(),
                seal.to(),
                seal.count(),
                seal.head(),
                seal.policyHash(),
                seal.reanchor(),
                seal.windows().isEmpty() ? List.of(SURPLUS) : List.of(),
                seal.signature());
    }

    private HostileRecord resigned(Seal seal, RejectReason expected) {
        return record(partner.sign(seal), expected.name());
    }

    private static HostileRecord record(Seal seal, String expected) {
        return HostileRecord.of(Codecs.SEAL.encode(seal), expected);
    }

    private static Seal over(Seal seal, long from, long to, long count, Bytes32 head) {
        return with(seal, seal.partition(), from, to, count, head, seal.policyHash());
    }

    private static Seal with(
            Seal seal,
            int partition,
            long from,
            long to,
            long count,
            Bytes32 head,
            Bytes32 policyHash) {
        return new Seal(
                partition,
                from,
                to,
                count,
                head,
                policyHash,
                seal.reanchor(),
                seal.windows(),
                seal.signature());
    }
}
