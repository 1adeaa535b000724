package io.sealroom.pipeline;

import io.sealroom.pipeline.testing.SealedInputs;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.Token;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A room whose partners write honest events and seals and, among them, in every window and
 * partition, records of every kind that is refused. The seals count all of them.
 */
final class HostileHistory implements SealedInputs {

    /** Stands in every garbage record, and may stand nowhere else. */
    static final String PAYLOAD = "payload of a hostile record";

    private static final byte[] GARBAGE = PAYLOAD.getBytes(StandardCharsets.UTF_8);
    private static final long YEAR_2100 = 4_102_444_800_000L;

    private final Policy policy;
    private final Map<String, TestingPartner> partners = new LinkedHashMap<>();
    private final List<HistoryEvent> admitted = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();

    private HostileHistory(TestingRoom room) {
        this.policy = room.policy();
        policy.suppliers().forEach(p -> partners.put(p.name(), room.partner(p.name())));
    }

    static HostileHistory write(TestingRoom room) {
        HostileHistory history = new HostileHistory(room);
        history.partners.values().forEach(history::write);
        return history;
    }

    TestingPartner partner(String name) {
        TestingPartner partner = partners.get(name);
        if (partner == null) {
            throw new IllegalArgumentException("no partner " + name);
        }
        return partner;
    }

    List<HistoryEvent> admitted() {
        return List.copyOf(admitted);
    }

    List<Reject> rejects() {
        return List.copyOf(rejects);
    }

    private void write(TestingPartner partner) {
        for (long from = policy.startMillis();
                from < policy.endMillis();
                from += policy.sliceMillis()) {
            for (int partition = 0; partition < partner.partitions(); partition++) {
                honest(partner, partition, from);
                if (from % (3 * policy.sliceMillis()) == 0) {
                    bytes(partner, partition, from);
                    fields(partner, partition, from);
                    seals(partner, partition);
                }
            }
            partner.sealAll(from + policy.sliceMillis());
        }
    }

    private void honest(TestingPartner partner, int partition, long from) {
        for (int i = 0; i < 3; i++) {
            String person = "person " + (from / policy.sliceMillis() + i + partition) % 7;
            admit(partner, partition, partner.events().view(person, from + i, "news"));
            admit(partner, partition, partner.events().conversion(person, from + 9, 100L + i));
        }
        BlindedEvent twin = partner.events().click("person 1", from + 5, "sports");
        admit(partner, partition, twin);
        admit(partner, partition, twin);
        admit(partner, partition, at(twin, from + 6));
        admit(
                partner,
                partition,
                partner.events().conversion("person 2", from + 7, Long.MAX_VALUE));
    }

    private void bytes(TestingPartner partner, int partition, long from) {
        byte[] event = Codecs.BLINDED_EVENT.encode(partner.events().view("person 1", from, "news"));
        refuse(partner, partition, GARBAGE, RejectReason.UNDECODABLE);
        refuse(partner, partition, new byte[0], RejectReason.UNDECODABLE);
        refuse(
                partner,
                partition,
                Arrays.copyOf(event, event.length + 1),
                RejectReason.TRAILING_BYTES);
        refuse(
                partner,
                partition,
                Arrays.copyOf(event, event.length - 1),
                RejectReason.UNDECODABLE);
        refuse(
                partner,
                partition,
                Codecs.REJECT.encode(new Reject("publisher", 0, 0, RejectReason.LATE)),
                RejectReason.UNKNOWN_SCHEMA);
        if (from == policy.startMillis()) {
            refuse(partner, partition, new byte[(1 << 18) + 1], RejectReason.OVERSIZE);
        }
    }

    private void fields(TestingPartner partner, int partition, long from) {
        BlindedEvent view = partner.events().view("person 1", from, "news");
        Token token = view.tokens().get(0);
        refuse(
                partner,
                partition,
                with(view, view.epoch() + 1, view.tokens()),
                RejectReason.WRONG_EPOCH);
        refuse(
                partner,
                partition,
                with(view, view.epoch(), List.of(token, token)),
                RejectReason.WRONG_TOKEN_COUNT);
        refuse(
                partner,
                partition,
                with(view, view.epoch(), List.of(Token.NONE)),
                RejectReason.ZERO_TOKEN);
        refuse(
                partner,
                partition,
                partner.events().view("person 1", YEAR_2100, "news"),
                RejectReason.OUTSIDE_ROOM);
        refuse(
                partner,
                partition,
                partner.events().view("person 1", from - 1, "news"),
                from == policy.startMillis() ? RejectReason.OUTSIDE_ROOM : RejectReason.LATE);
        long ahead = from + policy.maxAheadMillis() + 1;
        refuse(
                partner,
                partition,
                partner.events().view("person 1", ahead, "news"),
                ahead < policy.endMillis() ? RejectReason.TOO_EARLY : RejectReason.OUTSIDE_ROOM);
        refuse(
                partner,
                partition,
                event(partner, EventKind.VIEW, from, "nowhere", null),
                RejectReason.UNKNOWN_CELL);
        refuse(
                partner,
                partition,
                event(partner, EventKind.CONVERSION, from, "news", 1L),
                RejectReason.CELL_ON_CONVERSION);
        refuse(
                partner,
                partition,
                event(partner, EventKind.VIEW, from, "news", 1L),
                RejectReason.VALUE_ON_EXPOSURE);
        refuse(
                partner,
                partition,
                event(partner, EventKind.CONVERSION, from, null, null),
                RejectReason.MISSING_VALUE);
        refuse(
                partner,
                partition,
                event(partner, EventKind.CONVERSION, from, null, -1L),
                RejectReason.NEGATIVE_VALUE);
    }

    private void seals(TestingPartner partner, int partition) {
        long from = partner.sealedUntil(partition);
        long to = from + policy.sliceMillis();
        Seal next = partner.nextSeal(partition, to);
        refuse(
                partner,
                partition,
                partner.sign(next, TestingKeys.chainKey("nobody")),
                RejectReason.SEAL_SIGNATURE);
        refuse(
                partner,
                partition,
                partner.sign(over(next, to, to + policy.sliceMillis())),
                RejectReason.SEAL_ORDER);
        refuse(
                partner,
                partition,
                partner.sign(over(next, from, YEAR_2100)),
                RejectReason.SEAL_SLICE);
        // Counts the records before the two above: a record was lost, or came in between.
        refuse(partner, partition, next, RejectReason.SEAL_COUNT);
        long first = firstSeal(partner, partition);
        if (first >= 0) {
            byte[] standing = partner.records(partition).get((int) first);
            refuse(partner, partition, standing, RejectReason.SEAL_REPEATED);
            Seal seal = Codecs.SEAL.decode(standing).toOptional().orElseThrow();
            Seal differing = partner.sign(over(seal, seal.from(), to));
            rejects.add(
                    new Reject(
                            partner.name(),
                            partition,
                            partner.records(partition).size(),
                            RejectReason.SEAL_DIFFERS,
                            first));
            partner.append(partition, Codecs.SEAL.encode(differing));
        }
    }

    /** Offset of the first seal that stands; -1 before any. */
    private long firstSeal(TestingPartner partner, int partition) {
        List<byte[]> records = partner.records(partition);
        for (int offset = 0; offset < records.size(); offset++) {
            if (Codecs.SEAL.matches(records.get(offset)) && stands(partner, partition, offset)) {
                return offset;
            }
        }
        return -1;
    }

    private boolean stands(TestingPartner partner, int partition, long offset) {
        return rejects.stream()
                .noneMatch(
                        reject ->
                                reject.partner().equals(partner.name())
                                        && reject.partition() == partition
                                        && reject.offset() == offset);
    }

    private void admit(TestingPartner partner, int partition, BlindedEvent event) {
        byte[] bytes = partner.write(partition, event);
        admitted.add(new HistoryEvent(partner.name(), event, Digests.sha256(bytes)));
    }

    private void refuse(
            TestingPartner partner, int partition, BlindedEvent event, RejectReason reason) {
        refuse(partner, partition, Codecs.BLINDED_EVENT.encode(event), reason);
    }

    private void refuse(TestingPartner partner, int partition, Seal seal, RejectReason reason) {
        refuse(partner, partition, Codecs.SEAL.encode(seal), reason);
    }

    private void refuse(TestingPartner partner, int partition, byte[] bytes, RejectReason reason) {
        long offset = partner.records(partition).size();
        rejects.add(new Reject(partner.name(), partition, offset, reason));
        partner.append(partition, bytes);
    }

    @Override
    public List<ChainHead> closing(String name, long end) {
        TestingPartner partner = partner(name);
        List<ChainHead> closing = new ArrayList<>();
        for (int partition = 0; partition < partner.partitions(); partition++) {
            List<byte[]> records = partner.records(partition);
            for (int offset = 0; offset < records.size(); offset++) {
                if (stands(partner, partition, offset)) {
                    Codecs.SEAL
                            .decode(records.get(offset))
                            .toOptional()
                            .filter(seal -> seal.to() == end)
                            .map(seal -> new ChainHead(seal.count(), seal.head()))
                            .ifPresent(closing::add);
                }
            }
        }
        return closing;
    }

    @Override
    public byte[] share(String name, long start, long end) {
        return partner(name).windowParts().share(start, end);
    }

    private static BlindedEvent event(
            TestingPartner partner,
            EventKind kind,
            long time,
            @Nullable String cell,
            @Nullable Long value) {
        return partner.events().event("person 1", kind, time, cell, value);
    }

    private static BlindedEvent with(BlindedEvent event, long epoch, List<Token> tokens) {
        return new BlindedEvent(
                event.eventId(),
                epoch,
                event.identifierKind(),
                tokens,
                event.kind(),
                event.eventTime(),
                event.cell(),
                event.value());
    }

    /** Another content under the same id. */
    private static BlindedEvent at(BlindedEvent event, long time) {
        return new BlindedEvent(
                event.eventId(),
                event.epoch(),
                event.identifierKind(),
                event.tokens(),
                event.kind(),
                time,
                event.cell(),
                event.value());
    }

    private static Seal over(Seal seal, long from, long to) {
        return new Seal(
                seal.partition(),
                from,
                to,
                seal.count(),
                seal.head(),
                seal.policyHash(),
                seal.reanchor(),
                seal.windows(),
                seal.signature());
    }
}
