package io.sealroom.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.topic.TopicRecords;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.schemas.record.WindowSecrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node would find on a partner's topic, checked record by record against PROTOCOL.md
 * sections 3 and 5, with chain heads computed here and not by the code under test.
 */
public final class TopicAudit {

    private final TestRoom room;
    private final Partner partner;
    private final long expectedEnd;
    private final List<BlindedEvent> events = new ArrayList<>();
    private final List<Seal> seals = new ArrayList<>();
    private final List<Bytes> values = new ArrayList<>();
    private final Map<Long, Map<Integer, Seal>> closing = new HashMap<>();

    private TopicAudit(TestRoom room, String name, long expectedEnd) {
        this.room = room;
        this.expectedEnd = expectedEnd;
        this.partner = room.policy().partner(name);
    }

    /** Reads everything, and fails at the first record that breaks a rule. */
    public static TopicAudit of(TestRoom room, String partner, String bootstrap) throws Exception {
        return of(room, partner, bootstrap, room.policy().endMillis());
    }

    /** As {@link #of(TestRoom, String, String)}, of a topic that is sealed until a time. */
    public static TopicAudit of(TestRoom room, String partner, String bootstrap, long sealedUntil)
            throws Exception {
        TopicAudit audit = new TopicAudit(room, partner, sealedUntil);
        String topic = room.policy().room() + ".events." + partner;
        for (int partition = audit.partner.partitions() - 1; partition >= 0; partition--) {
            audit.partition(partition, TopicRecords.committed(bootstrap, topic, partition));
        }
        assertThat(audit.events).extracting(BlindedEvent::eventId).doesNotHaveDuplicates();
        return audit;
    }

    public List<BlindedEvent> events() {
        return events;
    }

    public List<Seal> seals() {
        return seals;
    }

    /** Every record's bytes, of all partitions. */
    public List<Bytes> values() {
        return values;
    }

    private void partition(int partition, List<byte[]> records) throws Exception {
        Policy policy = room.policy();
        byte[] head =
                sha256(
                        lp(
                                "sealroom/log/v1".getBytes(StandardCharsets.UTF_8),
                                policy.room().getBytes(StandardCharsets.UTF_8),
                                partner.name().getBytes(StandardCharsets.UTF_8),
                                u32(partition),
                                u32(partner.partitions())));
        long sealedUntil = policy.startMillis();
        long count = 0;
        for (byte[] value : records) {
            values.add(Bytes.of(value));
            if (Codecs.SEAL.decode(value) instanceof Decoded.Ok<Seal> ok) {
                Seal seal = ok.record();
                assertThat(seal.partition()).isEqualTo(partition);
                assertThat(seal.from()).isEqualTo(sealedUntil);
                assertThat(seal.count()).isEqualTo(count);
                assertThat(seal.head()).isEqualTo(Bytes32.of(head));
                assertThat(seal.policyHash()).isEqualTo(policy.hash());
                assertThat(seal.reanchor()).isFalse();
                assertThat(Math.floorDiv(seal.from(), TestRoom.HOUR))
                        .isEqualTo(Math.floorDiv(seal.to() - 1, TestRoom.HOUR));
                assertSigned(
                        seal.structHash(partner.name(), partner.partitions()), seal.signature());
                sealedUntil = seal.to();
                closing.computeIfAbsent(seal.to(), to -> new HashMap<>()).put(partition, seal);
                windows(seal);
                seals.add(seal);
            } else {
                BlindedEvent event = Codecs.BLINDED_EVENT.decode(value).toOptional().orElseThrow();
                assertThat(event.eventTime())
                        .isBetween(sealedUntil, sealedUntil + policy.maxAheadMillis());
                assertThat(event.epoch()).isEqualTo(policy.epochOf(event.eventTime()));
                assertThat(event.tokens()).hasSize(1);
                events.add(event);
            }
            head = sha256(head, sha256(value));
            count++;
        }
        assertThat(sealedUntil).isEqualTo(expectedEnd);
    }

    private void windows(Seal seal) {
        List<Long> expected = new ArrayList<>();
        if (seal.partition() == 0 && seal.to() % TestRoom.HOUR == 0) {
            expected.add(seal.to() - TestRoom.HOUR);
            if (seal.to() % (3 * TestRoom.HOUR) == 0) {
                expected.add(seal.to() - 3 * TestRoom.HOUR);
            }
        }
        assertThat(seal.windows()).extracting(WindowPart::start).isEqualTo(expected);
        seal.windows().forEach(part -> window(seal, part));
    }

    private void window(Seal seal, WindowPart part) {
        byte[] aad =
                WindowSecrets.aad(room.policy().room(), partner.name(), part.start(), part.end());
        byte[] plaintext =
                WindowSecrets.open(
                                part.secrets().get(0),
                                room.node().hpkePrivateKey().openSecret(),
                                aad)
                        .orElseThrow();
        List<ChainHead> heads = new ArrayList<>();
        for (int i = 0; i < partner.partitions(); i++) {
            Seal closed = closing.getOrDefault(seal.to(), Map.of()).getOrDefault(i, seal);
            assertThat(closed.partition()).isEqualTo(i);
            heads.add(new ChainHead(closed.count(), closed.head()));
        }
        assertThat(part.commitment())
                .isEqualTo(
                        Totals.commitment(
                                room.identity(),
                                partner.name(),
                                part.start(),
                                part.end(),
                                heads,
                                Arrays.copyOf(plaintext, 32)));
        assertSigned(
                Totals.structHash(
                        partner.name(),
                        room.policy().hash(),
                        part.start(),
                        part.end(),
                        part.commitment()),
                part.commitmentSignature());
    }

    private void assertSigned(Bytes32 structHash, Bytes signature) {
        assertThat(Secp256k1.recover(room.identity().digest(structHash), signature.toBytes()))
                .contains(partner.address());
    }

    private static byte[] sha256(byte[]... parts) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static byte[] lp(byte[]... fields) {
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        for (byte[] field : fields) {
            buffer.putInt(field.length).put(field);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
