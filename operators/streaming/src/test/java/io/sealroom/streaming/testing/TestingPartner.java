package io.sealroom.streaming.testing;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import java.util.ArrayList;
import java.util.List;

/**
 * A scripted partner: it keeps the logs of its partitions as they would stand in Kafka, and seals
 * them as an honest agent would. Tests of dishonest or damaged logs alter what {@link #records}
 * gives, append garbage with {@link #append}, or sign an altered seal with {@link #sign}.
 */
public final class TestingPartner {

    private final TestingRoom room;
    private final String name;
    private final int partitions;
    private final TestingEvents events;
    private final TestingWindowParts windowParts;
    private final List<List<byte[]>> logs = new ArrayList<>();
    private final List<ChainHead> chains = new ArrayList<>();
    private final List<Long> sealed = new ArrayList<>();
    private final List<ChainHead> sealedChains = new ArrayList<>();

    TestingPartner(TestingRoom room, String name) {
        this.room = room;
        this.name = name;
        Policy policy = room.policy();
        partitions = policy.partner(name).partitions();
        events = new TestingEvents(policy);
        windowParts = new TestingWindowParts(room, name);
        for (int partition = 0; partition < partitions; partition++) {
            logs.add(new ArrayList<>());
            chains.add(ChainHead.genesis(policy.room(), name, partition, partitions));
            sealed.add(policy.startMillis());
            sealedChains.add(chains.get(partition));
        }
    }

    public String name() {
        return name;
    }

    public int partitions() {
        return partitions;
    }

    /** Name of its events topic. */
    public String topic() {
        return Topics.events(room.policy().room(), name);
    }

    /** Makes the events that {@link #write} takes. */
    public TestingEvents events() {
        return events;
    }

    /** Its commitments, shares and window parts. */
    public TestingWindowParts windowParts() {
        return windowParts;
    }

    /** Appends an event; gives the record's value. */
    public byte[] write(int partition, BlindedEvent event) {
        return append(partition, Codecs.BLINDED_EVENT.encode(event));
    }

    /** Appends any bytes; gives them back. */
    public byte[] append(int partition, byte[] value) {
        logs.get(partition).add(value);
        chains.set(partition, chains.get(partition).next(value));
        return value;
    }

    /** Values of a partition so far, in offset order. */
    public List<byte[]> records(int partition) {
        return List.copyOf(logs.get(partition));
    }

    /** Count and chain head of a partition so far. */
    public ChainHead chain(int partition) {
        return chains.get(partition);
    }

    /** End of the last seal appended to a partition. */
    public long sealedUntil(int partition) {
        return sealed.get(partition);
    }

    /**
     * Seals every partition from where it was sealed to {@code to}, in as many steps as windows end
     * on the way, partition 0 last in each.
     */
    public void sealAll(long to) {
        long shortest = room.policy().windowLengths().get(0);
        while (sealedUntil(0) < to) {
            long end = Math.min(to, (sealedUntil(0) / shortest + 1) * shortest);
            for (int partition = partitions - 1; partition >= 0; partition--) {
                if (sealedUntil(partition) < end) {
                    seal(partition, end);
                }
            }
        }
    }

    /** Appends a valid seal of one partition in one step; gives it. */
    public Seal seal(int partition, long to) {
        return appendSeal(partition, nextSeal(partition, to));
    }

    /** Appends a re-anchoring seal; gives it. */
    public Seal reanchor(int partition, long to) {
        return appendSeal(partition, sign(unsigned(partition, to, true, List.of())));
    }

    /** Appends a seal and takes it as the partition's last one. */
    public Seal appendSeal(int partition, Seal seal) {
        append(partition, Codecs.SEAL.encode(seal));
        sealed.set(partition, seal.to());
        sealedChains.set(partition, new ChainHead(seal.count(), seal.head()));
        return seal;
    }

    /** The valid seal that would come next in a partition; nothing is appended. */
    public Seal nextSeal(int partition, long to) {
        List<WindowPart> parts = partition == 0 ? windowParts.endingAt(to, closing()) : List.of();
        return sign(unsigned(partition, to, false, parts));
    }

    /** The same seal under this partner's signature. */
    public Seal sign(Seal seal) {
        return sign(seal, TestingKeys.chainKey(name));
    }

    /** The same seal under the signature of any key. */
    public Seal sign(Seal seal, byte[] privateKey) {
        return seal.signed(
                Bytes.of(
                        Secp256k1.sign(
                                room.identity().digest(seal.structHash(name, partitions)),
                                privateKey)));
    }

    /** What the last seals of all partitions state, with this one of partition 0. */
    private List<ChainHead> closing() {
        List<ChainHead> closing = new ArrayList<>(sealedChains);
        closing.set(0, chains.get(0));
        return closing;
    }

    private Seal unsigned(int partition, long to, boolean reanchor, List<WindowPart> parts) {
        return new Seal(
                partition,
                sealedUntil(partition),
                to,
                chains.get(partition).count(),
                chains.get(partition).head(),
                room.identity().policyHash(),
                reanchor,
                parts,
                Bytes.of(new byte[Secp256k1.SIGNATURE_LENGTH]));
    }
}
