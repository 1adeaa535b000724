package io.sealroom.partner.kit;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.seal.LedgerDifference;
import io.sealroom.partner.seal.PartitionReplay;
import io.sealroom.partner.seal.SealStore;
import io.sealroom.partner.seal.SentEvents;
import io.sealroom.partner.topic.EventsTopic;
import io.sealroom.partner.topic.PartitionState;
import io.sealroom.partner.topic.StepSealing;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The partner's topic with its journal, taken over from an earlier process: fenced, read back, and
 * what no seal covers compared with the journal. Then the seals that were stored and not all sent
 * are sent.
 *
 * <p>A process may have died
 *
 * <ol>
 *   <li>before its transaction was committed: the journal notes records that the topic does not
 *       have, and that nothing was acknowledged. They are forgotten; their source was told nothing
 *       and sends the events again;
 *   <li>after that and before a seal: the topic has records that the journal notes. They are own;
 *       their events are known by id, and sealed with the next step;
 *   <li>after the seals were stored: the stored bytes are sent where they are missing, before
 *       anything else is written, so that they still say what precedes them;
 *   <li>after the last seal and before the journal was cleared: it notes records that are sealed,
 *       which nobody asks about.
 * </ol>
 */
final class OwnTopic implements AutoCloseable {

    private final EventsTopic topic;
    private final SentJournal journal;
    private final List<PartitionState> states;
    private final List<SentEvents> sent;
    private final StepSealing sealing;

    private OwnTopic(
            EventsTopic topic,
            SentJournal journal,
            List<PartitionState> states,
            List<SentEvents> sent,
            StepSealing sealing) {
        this.topic = topic;
        this.journal = journal;
        this.states = states;
        this.sent = sent;
        this.sealing = sealing;
    }

    /**
     * @throws AgentException if Kafka is away, the state directory cannot be used, or the topic
     *     holds what this partner did not write
     */
    static OwnTopic takeOver(ProducerParts parts, WriterObserver observer)
            throws AgentException, InterruptedException {
        Membership member = parts.member();
        EventsTopic topic =
                EventsTopic.open(member, parts.clients(), SentEvents.memoryMillis(member.policy()));
        SentJournal journal = null;
        try {
            // After the fence: an earlier process that is still alive notes nothing more that
            // comes into the topic.
            journal = openJournal(parts);
            List<PartitionReplay> replays = topic.replays();
            requireNoted(member, journal.found(), replays);
            List<PartitionState> states = PartitionState.of(replays);
            StepSealing sealing =
                    new StepSealing(member, new SealStore(parts.state()), topic, states, observer);
            sealing.resume();
            OwnTopic own =
                    new OwnTopic(topic, journal, states, sentEvents(replays, states), sealing);
            topic = null;
            journal = null;
            return own;
        } finally {
            if (topic != null) {
                topic.close();
            }
            if (journal != null) {
                close(journal);
            }
        }
    }

    private static SentJournal openJournal(ProducerParts parts) throws AgentException {
        try {
            return SentJournal.open(parts.state());
        } catch (IOException e) {
            throw AgentException.badInput("state: the journal cannot be used: %s", e);
        }
    }

    /** What nobody sealed yet must be what is noted. */
    private static void requireNoted(
            Membership member, NotedRecords noted, List<PartitionReplay> replays)
            throws AgentException {
        for (int partition = 0; partition < replays.size(); partition++) {
            for (LedgerDifference found : noted.differences(partition, replays.get(partition))) {
                throw AgentException.alarm(
                        "events topic of %s, partition %d, offset %d: %s; nothing is sealed. The"
                                + " journal in the state directory says otherwise: somebody else"
                                + " writes to this topic, Kafka lost a record, or the directory is"
                                + " not the one it was sent with. To go on all the same: sealroom"
                                + " partner reanchor",
                        member.name(), partition, found.offset(), found.kind());
            }
        }
    }

    private static List<SentEvents> sentEvents(
            List<PartitionReplay> replays, List<PartitionState> states) {
        return IntStream.range(0, replays.size())
                .mapToObj(
                        i -> {
                            SentEvents events = replays.get(i).sentEvents();
                            if (states.get(i).sealedUntil() > replays.get(i).sealedUntil()) {
                                events.sealed(states.get(i).sealedUntil());
                            }
                            return events;
                        })
                .toList();
    }

    /** By partition. */
    List<SentEvents> sent() {
        return sent;
    }

    /** Until when every partition is sealed. */
    long sealedUntil() {
        return PartitionState.sealedUntil(states);
    }

    /**
     * Until when at least one partition is sealed: beyond the others only after a loss of state or
     * a re-anchoring.
     */
    long closedUntil() {
        return states.stream().mapToLong(PartitionState::sealedUntil).max().orElseThrow();
    }

    /**
     * Notes records in the journal, sends them in a transaction, and returns when they are
     * committed.
     *
     * @return the offset of each
     */
    List<Long> append(int partition, List<byte[]> values, WriterObserver observer)
            throws AgentException, InterruptedException {
        try {
            journal.note(partition, values);
        } catch (IOException e) {
            throw AgentException.unavailable(e, "state: the journal cannot be written: %s", e);
        }
        observer.noted(partition);
        List<Long> offsets = topic.append(partition, values);
        try {
            journal.acknowledged(partition, values, offsets);
        } catch (IOException e) {
            throw AgentException.unavailable(e, "state: the journal cannot be written: %s", e);
        }
        observer.committed(partition);
        return offsets;
    }

    /** Requires that the topic holds exactly what was acknowledged. */
    void readBack() throws AgentException {
        topic.readBack();
    }

    /** Seals [from, to) in every partition; nothing else may be written meanwhile. */
    void seal(long from, long to) throws AgentException, InterruptedException {
        topic.readBack();
        sealing.seal(from, to);
        try {
            journal.clear();
        } catch (IOException e) {
            throw AgentException.unavailable(e, "state: the journal cannot be cleared: %s", e);
        }
    }

    @Override
    public void close() {
        topic.close();
        close(journal);
    }

    private static void close(SentJournal journal) {
        try {
            journal.close();
        } catch (IOException e) {
            // Everything in it was forced to disk when it was noted.
        }
    }
}
