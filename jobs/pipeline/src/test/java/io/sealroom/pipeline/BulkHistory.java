package io.sealroom.pipeline;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.List;

/** Many events of many people, slice by slice: a busy publisher and a quiet advertiser. */
final class BulkHistory {

    private final TestingPartner publisher;
    private final TestingPartner advertiser;
    private final List<HistoryEvent> admitted = new ArrayList<>();

    private BulkHistory(TestingRoom room) {
        publisher = room.partner("publisher");
        advertiser = room.partner("advertiser");
    }

    /**
     * Writes and seals a whole room.
     *
     * @param events views in each slice of each partition of the publisher
     */
    static BulkHistory write(TestingRoom room, int events) {
        BulkHistory history = new BulkHistory(room);
        Policy policy = room.policy();
        int number = 0;
        for (long slice = policy.startMillis();
                slice < policy.endMillis();
                slice += policy.sliceMillis()) {
            for (int partition = 0; partition < history.publisher.partitions(); partition++) {
                for (int i = 0; i < events; i++) {
                    String person = "person " + number++ % 5_000;
                    long time = slice + i * policy.sliceMillis() / events;
                    history.write(
                            history.publisher,
                            partition,
                            history.publisher.events().view(person, time, "news"));
                }
            }
            history.write(
                    history.advertiser,
                    0,
                    history.advertiser
                            .events()
                            .conversion("person " + number % 5_000, slice + 1, 100));
            history.publisher.sealAll(slice + policy.sliceMillis());
            history.advertiser.sealAll(slice + policy.sliceMillis());
        }
        return history;
    }

    private void write(TestingPartner partner, int partition, BlindedEvent event) {
        partner.write(partition, event);
        admitted.add(
                new HistoryEvent(
                        partner.name(), event, Digests.sha256(Codecs.BLINDED_EVENT.encode(event))));
    }

    TestingPartner partner(String name) {
        return name.equals(publisher.name()) ? publisher : advertiser;
    }

    /** Every event. */
    List<HistoryEvent> admitted() {
        return List.copyOf(admitted);
    }
}
