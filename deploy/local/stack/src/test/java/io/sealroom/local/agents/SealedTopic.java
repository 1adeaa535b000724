package io.sealroom.local.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.stack.LocalRoom;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.Token;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a supplier's topic holds once its agent is done, checked as a node checks it. */
final class SealedTopic {

    private SealedTopic() {}

    /** Token by event id; fails if an event stands twice, or a seal does not hold. */
    static Map<EventId, Token> read(LocalRoom room, Partner supplier, RoomRecords records) {
        Map<EventId, Token> events = new HashMap<>();
        for (int partition = 0; partition < supplier.partitions(); partition++) {
            read(room, supplier, partition, records, events);
        }
        return events;
    }

    private static void read(
            LocalRoom room,
            Partner supplier,
            int partition,
            RoomRecords records,
            Map<EventId, Token> events) {
        RoomIdentity identity = room.room().identity(room.policy());
        ChainHead head =
                ChainHead.genesis(
                        room.policy().room(), supplier.name(), partition, supplier.partitions());
        long sealedUntil = room.policy().startMillis();
        for (byte[] value : records.eventsOf(supplier, partition)) {
            Optional<Seal> seal = Codecs.SEAL.decode(value).toOptional();
            if (seal.isPresent()) {
                assertThat(seal.get().from()).isEqualTo(sealedUntil);
                assertThat(new ChainHead(seal.get().count(), seal.get().head())).isEqualTo(head);
                assertThat(
                                Secp256k1.recover(
                                        identity.digest(
                                                seal.get()
                                                        .structHash(
                                                                supplier.name(),
                                                                supplier.partitions())),
                                        seal.get().signature().toBytes()))
                        .contains(supplier.address());
                sealedUntil = seal.get().to();
            } else {
                BlindedEvent event = Codecs.BLINDED_EVENT.decode(value).toOptional().orElseThrow();
                assertThat(event.eventTime()).isGreaterThanOrEqualTo(sealedUntil);
                assertThat(events.put(event.eventId(), event.tokens().get(0))).isNull();
            }
            head = head.next(value);
        }
        assertThat(sealedUntil).isEqualTo(room.policy().endMillis());
    }
}
