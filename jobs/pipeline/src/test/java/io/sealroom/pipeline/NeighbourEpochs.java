package io.sealroom.pipeline;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.List;

/**
 * A room of four epochs of 24 windows. In every window three people see an ad and convert, and
 * three convert without one; in epochs of even index one person more does the former. Epochs of odd
 * index hold the neighbouring input: the same without that person's records at the publisher. A
 * policy's loss is for an epoch, and the person counts in all W = 24 windows of it, so a window
 * tells a 24th of it.
 */
final class NeighbourEpochs {

    /** Loss of each query and epoch that is judged. */
    static final int EPSILON = 30;

    static final int WINDOWS_PER_EPOCH = 24;

    /** 2016 windows. */
    static final int OVERLAPS = 21;

    static final int WEAK_OVERLAPS = 5;
    static final int WEAK_ATTRIBUTIONS = 12;

    /** Of every window in the even epochs; one less in the odd ones. */
    static final int SEEN = 4;

    private static final int EPOCHS = 4;
    private static final List<String> OTHERS = List.of("anna", "bert", "cora");
    private static final List<String> UNSEEN = List.of("dora", "emil", "fred");
    private static final String PERSON = "vera";

    private static final String ROOM =
            """
            room: neighbour-epochs
            mode: file
            start: 2026-01-05T00:00:00Z
            end: 2026-01-09T00:00:00Z
            slice: PT1H
            epoch: P1D
            maxAhead: PT1H
            quota: 1000
            ledger: "0x0000000000000000000000000000000000000005"
            partners:
              - {name: publisher, address: "0x0000000000000000000000000000000000000001", partitions: 1}
              - {name: advertiser, address: "0x0000000000000000000000000000000000000002", partitions: 1}
            nodes:
              - name: node-one
                address: "0x0000000000000000000000000000000000000003"
                hpkePublicKey: "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
            cells: [news]
            queries:
            """;

    private static final String OVERLAP =
            """
              - name: overlap-%1$d-%2$d
                type: overlap
                identifierKind: EMAIL
                window: PT1H
                partners: [publisher, advertiser]
                windowsPerEpoch: 24
                threshold: 1
                epsilon: {total: "%1$d"}
            """;

    private static final String ATTRIBUTION =
            """
              - name: attribution-%1$d-%2$d
                type: attribution
                identifierKind: EMAIL
                window: PT1H
                model: LAST_TOUCH
                exposures: [publisher]
                conversions: advertiser
                viewLookback: PT30M
                clickLookback: PT30M
                conversionsPerEpoch: 24
                valueMax: 1
                threshold: 1
                epsilon: {count: "%1$d"}
            """;

    private NeighbourEpochs() {}

    /**
     * The room, with queries of each kind, alike but for their names: each has noise of its own, so
     * each window of each is a sample. {@link #OVERLAPS} have the loss that is judged, the weak
     * ones a loss three times larger.
     */
    static TestingRoom room() {
        StringBuilder yaml = new StringBuilder(ROOM);
        append(yaml, OVERLAP, EPSILON, OVERLAPS);
        append(yaml, OVERLAP, 3 * EPSILON, WEAK_OVERLAPS);
        append(yaml, ATTRIBUTION, 3 * EPSILON, WEAK_ATTRIBUTIONS);
        return TestingRoom.parse(yaml.toString());
    }

    private static void append(StringBuilder yaml, String query, int epsilon, int count) {
        for (int i = 0; i < count; i++) {
            yaml.append(query.formatted(epsilon, i));
        }
    }

    /** Whether a window holds the input with the person. */
    static boolean isWhole(Policy policy, long time) {
        return policy.epochOf(time) % 2 == 0;
    }

    /** Windows of a query in the room. */
    static int windows() {
        return EPOCHS * WINDOWS_PER_EPOCH;
    }

    /** Writes and seals the whole room. */
    static List<TestingPartner> write(TestingRoom room) {
        Policy policy = room.policy();
        TestingPartner publisher = room.partner("publisher");
        TestingPartner advertiser = room.partner("advertiser");
        for (long start = policy.startMillis();
                start < policy.endMillis();
                start += policy.sliceMillis()) {
            for (String person : OTHERS) {
                publisher.write(0, publisher.events().view(person, start, "news"));
                advertiser.write(0, advertiser.events().conversion(person, start + 1, 0));
            }
            for (String person : UNSEEN) {
                advertiser.write(0, advertiser.events().conversion(person, start + 1, 0));
            }
            if (isWhole(policy, start)) {
                publisher.write(0, publisher.events().view(PERSON, start, "news"));
            }
            advertiser.write(0, advertiser.events().conversion(PERSON, start + 1, 0));
            publisher.sealAll(start + policy.sliceMillis());
            advertiser.sealAll(start + policy.sliceMillis());
        }
        return List.of(publisher, advertiser);
    }
}
