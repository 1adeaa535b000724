package io.sealroom.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.topic.TopicRecords;
import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.privacy.seal.SealRules;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.schemas.record.WindowSecrets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What nodes make of the publisher's topic: which seals they take, and where they stand. */
final class NodeView {

    private final TestRoom room;
    private final List<List<byte[]>> records = new ArrayList<>();
    private final List<List<Seal>> taken = new ArrayList<>();
    private final List<Integer> refused = new ArrayList<>();

    private NodeView(TestRoom room) {
        this.room = room;
    }

    /** Reads everything. */
    static NodeView of(TestRoom room, String bootstrap) {
        NodeView view = new NodeView(room);
        PartnerTopic topic = PartnerTopic.of(room.identity(), room.policy(), "publisher");
        for (int partition = 0; partition < topic.partitions(); partition++) {
            view.read(topic, partition, TopicRecords.committed(bootstrap, topic.name(), partition));
        }
        return view;
    }

    private void read(PartnerTopic topic, int partition, List<byte[]> values) {
        SealRules rules = new SealRules(topic, partition);
        PartitionProgress progress = PartitionProgress.start(topic, partition);
        List<Seal> valid = new ArrayList<>();
        int invalid = 0;
        for (byte[] value : values) {
            PartitionProgress before = progress;
            progress = before.withRecord(Digests.sha256(value));
            if (Codecs.SEAL.decode(value) instanceof Decoded.Ok<Seal> ok) {
                if (rules.refusal(ok.record(), before).isEmpty()) {
                    valid.add(ok.record());
                    progress =
                            progress.withSeal(rules.standing(ok.record(), before.chain().count()));
                } else {
                    invalid++;
                }
            }
        }
        records.add(List.copyOf(values));
        taken.add(valid);
        refused.add(invalid);
    }

    long sealedUntil(int partition) {
        List<Seal> seals = taken.get(partition);
        return seals.isEmpty() ? TestRoom.START : seals.get(seals.size() - 1).to();
    }

    int refused(int partition) {
        return refused.get(partition);
    }

    List<Seal> reanchorings(int partition) {
        return taken.get(partition).stream().filter(Seal::reanchor).toList();
    }

    List<byte[]> records(int partition) {
        return records.get(partition);
    }

    /** Every record, partition by partition. */
    List<Bytes> values() {
        return records.stream().flatMap(List::stream).map(Bytes::of).toList();
    }

    /** The hour that ends then has totals over what every partition holds at its end. */
    void assertTotals(long end) throws Exception {
        Seal closing = closing(0, end);
        WindowPart part = closing.windows().get(0);
        byte[] aad = WindowSecrets.aad(room.policy().room(), "publisher", part.start(), part.end());
        byte[] plaintext =
                WindowSecrets.open(
                                part.secrets().get(0),
                                room.node().hpkePrivateKey().openSecret(),
                                aad)
                        .orElseThrow();
        List<ChainHead> heads = new ArrayList<>();
        for (int partition = 0; partition < taken.size(); partition++) {
            Seal seal = closing(partition, end);
            heads.add(new ChainHead(seal.count(), seal.head()));
        }
        assertThat(part.commitment())
                .isEqualTo(
                        Totals.commitment(
                                room.identity(),
                                "publisher",
                                part.start(),
                                part.end(),
                                heads,
                                Arrays.copyOf(plaintext, 32)));
    }

    private Seal closing(int partition, long end) {
        return taken.get(partition).stream()
                .filter(seal -> seal.to() == end)
                .findFirst()
                .orElseThrow();
    }
}
