package io.sealroom.streaming.release;

import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The small room with its two partners, and the verdicts of what they seal. Partitions are sealed
 * by the hour; a partition can be told to do something else.
 */
final class ReleaseRoom {

    static final int PUBLISHER = 0;
    static final int ADVERTISER = 1;

    final TestingRoom room = TestingRoom.small();
    final TestingPartner publisher = room.partner("publisher");
    final TestingPartner advertiser = room.partner("advertiser");

    /** Where node and auditor keep their keys. */
    static NodeSecrets keyOf(String recipient) {
        return () -> SecretBytes.copyOf(TestingKeys.hpkeKey(recipient));
    }

    VerdictRules rules() {
        return new VerdictRules(
                room.policy(),
                room.identity(),
                "node-one",
                SecretBytes.copyOf(TestingKeys.hpkeKey("node-one")));
    }

    TestingPartner partner(int index) {
        return index == PUBLISHER ? publisher : advertiser;
    }

    /** Everybody seals until the minute, honestly; partition 0 last. */
    List<Verdict> sealAll(long minute) {
        List<Verdict> verdicts = new ArrayList<>();
        long shortest = room.policy().windowLengths().get(0);
        for (int index : new int[] {PUBLISHER, ADVERTISER}) {
            TestingPartner partner = partner(index);
            while (partner.sealedUntil(0) < room.minute(minute)) {
                long end = (partner.sealedUntil(0) / shortest + 1) * shortest;
                for (int partition = partner.partitions() - 1; partition >= 0; partition--) {
                    if (partner.sealedUntil(partition) < end) {
                        verdicts.add(seal(index, partition, end));
                    }
                }
            }
        }
        return verdicts;
    }

    /** One honest seal, behind one record of garbage that its count and head cover. */
    Verdict seal(int index, int partition, long to) {
        partner(index).append(partition, new byte[] {(byte) partition});
        return verdict(index, partner(index).seal(partition, to));
    }

    /** Partition 0's seal of one hour, with its parts altered. */
    Verdict sealWith(int index, long to, UnaryOperator<WindowPart> alteration) {
        Seal honest = partner(index).nextSeal(0, to);
        Seal altered =
                new Seal(
                        honest.partition(),
                        honest.from(),
                        honest.to(),
                        honest.count(),
                        honest.head(),
                        honest.policyHash(),
                        honest.reanchor(),
                        honest.windows().stream().map(alteration).toList(),
                        honest.signature());
        return verdict(index, partner(index).appendSeal(0, partner(index).sign(altered)));
    }

    /** What the source makes of a valid seal. */
    static Verdict verdict(int index, Seal seal) {
        return new Verdict(
                index,
                seal.partition(),
                seal.from(),
                seal.to(),
                seal.count(),
                seal.head(),
                seal.reanchor(),
                Codecs.SEAL.encode(seal));
    }
}
