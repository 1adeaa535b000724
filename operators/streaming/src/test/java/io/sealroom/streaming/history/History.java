package io.sealroom.streaming.history;

import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.testing.TestingEvents;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A room and all that ever stands in its topics.
 *
 * @param room the room
 * @param topics partitions of each partner, in policy order
 */
record History(TestingRoom room, List<List<Tape>> topics) {

    /** Who computes. */
    static final String NODE = "node-one";

    /** Non-empty subsets of up to three partners. */
    private static final int PARTNERS_SUBSETS = 7;

    /** The history of a seed. */
    static History random(long seed) {
        return random(seed, (room, partner, event) -> false);
    }

    /** The same without the records of one identifier, at partners that {@code choice} chooses. */
    static History without(long seed, Random choice) {
        String person = RandomEvents.person(choice);
        IdentifierKind kind = choice.nextInt(4) == 0 ? IdentifierKind.PHONE : IdentifierKind.EMAIL;
        int removed = 1 + choice.nextInt(PARTNERS_SUBSETS);
        return random(
                seed,
                (room, partner, event) ->
                        (removed >> partner & 1) == 1
                                && event.identifierKind() == kind
                                && event.tokens()
                                        .contains(
                                                new TestingEvents(room.policy())
                                                        .token(kind, person, event.eventTime())));
    }

    /** Which events never come to stand in a topic. */
    private interface Removal {
        boolean removes(TestingRoom room, int partner, BlindedEvent event);
    }

    private static History random(long seed, Removal removal) {
        Random random = new Random(seed);
        TestingRoom room = RandomRoom.next(random);
        List<List<Tape>> topics = new ArrayList<>();
        for (Partner partner : room.policy().partners()) {
            PartnerTopic topic = PartnerTopic.of(room.identity(), room.policy(), partner.name());
            Predicate<BlindedEvent> kept = event -> !removal.removes(room, topic.index(), event);
            List<List<byte[]>> logs = new RandomPartner(room, partner.name(), random, kept).logs();
            List<Tape> tapes = new ArrayList<>();
            for (int partition = 0; partition < logs.size(); partition++) {
                tapes.add(new Tape(topic, partition, logs.get(partition)));
            }
            topics.add(tapes);
        }
        return new History(room, topics);
    }

    /** The events that admission lets through, as the batch reference takes them. */
    List<HistoryEvent> admitted() {
        List<HistoryEvent> admitted = new ArrayList<>();
        read(
                (tape, offset, record) -> {
                    AdmittedEvent event = record.event();
                    if (event != null) {
                        BlindedEvent decoded =
                                Codecs.BLINDED_EVENT
                                        .decode(tape.value(offset))
                                        .toOptional()
                                        .orElseThrow();
                        admitted.add(new HistoryEvent(tape.partner(), decoded, event.recordHash()));
                    }
                });
        return admitted;
    }

    /** The seals that are valid where they stand. */
    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        read(
                (tape, offset, record) -> {
                    Verdict verdict = record.verdict();
                    if (verdict != null) {
                        verdicts.add(verdict);
                    }
                });
        return verdicts;
    }

    /** How many windows all partitions have sealed. */
    int completeWindows() {
        long sealed =
                topics.stream()
                        .flatMap(List::stream)
                        .mapToLong(tape -> tape.end().progress().sealedUntil())
                        .min()
                        .orElseThrow();
        long complete = sealed - room.policy().startMillis();
        return room.policy().queries().stream()
                .mapToInt(query -> (int) (complete / query.windowMillis()))
                .sum();
    }

    private interface Reader {
        void read(Tape tape, int offset, SourceRecord record);
    }

    private void read(Reader reader) {
        for (List<Tape> topic : topics) {
            for (Tape tape : topic) {
                Position position = tape.start();
                while (!tape.isEnd(position)) {
                    Tape.Taken taken = tape.take(position);
                    reader.read(tape, position.offset(), taken.record());
                    position = taken.next();
                }
            }
        }
    }
}
