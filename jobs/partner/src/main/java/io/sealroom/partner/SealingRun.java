package io.sealroom.partner;

import io.sealroom.partner.csv.CsvColumn;
import io.sealroom.partner.csv.CsvReject;
import io.sealroom.partner.csv.CsvRejectReason;
import io.sealroom.partner.csv.CsvRow;
import io.sealroom.partner.csv.RejectsFile;
import io.sealroom.partner.event.CheckedEvent;
import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.seal.LedgerDifference;
import io.sealroom.partner.seal.PartitionReplay;
import io.sealroom.partner.seal.SealSteps;
import io.sealroom.partner.topic.EventsTopic;
import io.sealroom.partner.topic.PartitionState;
import io.sealroom.partner.topic.StepSealing;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Sends a file's events step by step and seals each step, from wherever the topic stands to the
 * room's end. One thread; nothing else writes the partitions meanwhile.
 */
final class SealingRun {

    private final Policy policy;
    private final EventFile file;
    private final EventEncoder encoder;
    private final EpochTokens tokens;
    private final EventsTopic topic;
    private final StepSealing sealing;
    private final List<PartitionState> states;
    private final RejectsFile rejects;
    private final SealSteps steps;
    private final SealClock clock;
    private final RunObserver observer;
    private long sent;
    private long alreadyThere;

    SealingRun(
            Membership member,
            EventFile file,
            EventEncoder encoder,
            EpochTokens tokens,
            EventsTopic topic,
            StepSealing sealing,
            List<PartitionState> states,
            RejectsFile rejects,
            SealClock clock,
            RunObserver observer) {
        this.policy = member.policy();
        this.file = file;
        this.encoder = encoder;
        this.tokens = tokens;
        this.topic = topic;
        this.sealing = sealing;
        this.states = states;
        this.rejects = rejects;
        this.steps = new SealSteps(policy);
        this.clock = clock;
        this.observer = observer;
    }

    void run() throws AgentException, InterruptedException {
        long from = PartitionState.sealedUntil(states);
        rejectLate(from);
        long slices = steps.slicesUntil(policy.endMillis());
        observer.sealed(steps.slicesUntil(from), slices);
        while (from < policy.endMillis()) {
            long to = stepEnd(from);
            List<List<byte[]>> values = newEvents(from, to);
            clock.awaitSealTime(to);
            for (PartitionState state : states) {
                sent += topic.append(state.partition(), values.get(state.partition())).size();
            }
            topic.readBack();
            observer.eventsCommitted(from, to);
            sealing.seal(from, to);
            from = to;
            observer.sealed(steps.slicesUntil(from), slices);
        }
        topic.readBack();
    }

    /** Tells the observer what became of the file. */
    void report() {
        observer.done(sent, alreadyThere, rejects.total());
    }

    /**
     * No step goes beyond where another partition stands: a step that some have finished is
     * finished with the same bounds, and a re-anchored one is caught up with.
     */
    private long stepEnd(long from) {
        return Math.min(
                PartitionState.nextSealedUntil(states, from), steps.next(from, file.slices()));
    }

    /** Rows whose slice is sealed were sent before, or come too late. */
    private void rejectLate(long sealedUntil) {
        for (CsvRow row : file.rows(policy.startMillis(), sealedUntil)) {
            sentOrLate(row, states.get(encoder.partition(row.event().eventId())));
        }
    }

    private void sentOrLate(CsvRow row, PartitionState state) {
        if (state.isSealed(row.event().eventId())) {
            alreadyThere++;
        } else {
            rejects.add(new CsvReject(row.line(), CsvColumn.TIMESTAMP, CsvRejectReason.LATE));
        }
    }

    /** The step's records that the topic does not hold yet, by partition. */
    private List<List<byte[]>> newEvents(long from, long to)
            throws AgentException, InterruptedException {
        List<List<byte[]>> values = new ArrayList<>();
        states.forEach(state -> values.add(new ArrayList<>()));
        for (CsvRow row : file.rows(from, to)) {
            PartitionState state = states.get(encoder.partition(row.event().eventId()));
            if (state.sealedUntil() >= to) {
                sentOrLate(row, state);
                continue;
            }
            byte[] value = encode(row.event());
            PartitionReplay.Unsealed found = state.unsealed().remove(row.event().eventId());
            if (found == null) {
                values.get(state.partition()).add(value);
            } else if (found.valueHash().equals(Digests.sha256(value))) {
                alreadyThere++;
            } else {
                alarm(state, found.offset(), LedgerDifference.Kind.OTHER_VALUE);
            }
        }
        for (PartitionState state : states) {
            requireAllKnown(state, to);
        }
        return values;
    }

    private byte[] encode(CheckedEvent event) throws AgentException, InterruptedException {
        List<Token> slots = new ArrayList<>();
        for (long epoch : encoder.tokenEpochs(event)) {
            slots.add(Objects.requireNonNull(tokens.of(epoch).get(event.identifier())));
        }
        return encoder.encode(event, slots);
    }

    /** What nobody sealed yet must be this file's, or this agent would vouch for a stranger's. */
    private void requireAllKnown(PartitionState state, long to) throws AgentException {
        Optional<PartitionReplay.Unsealed> stranger =
                state.unsealed().values().stream()
                        .min(Comparator.comparingLong(PartitionReplay.Unsealed::offset));
        if (state.sealedUntil() < to && stranger.isPresent()) {
            alarm(state, stranger.get().offset(), LedgerDifference.Kind.UNEXPECTED_RECORD);
        }
    }

    private void alarm(PartitionState state, long offset, LedgerDifference.Kind kind)
            throws AgentException {
        topic.requireNone(Optional.of(new LedgerDifference(state.partition(), offset, kind)));
    }
}
