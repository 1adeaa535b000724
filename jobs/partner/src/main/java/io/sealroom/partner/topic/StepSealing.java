package io.sealroom.partner.topic;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.seal.OwnSeals;
import io.sealroom.partner.seal.PendingReanchoring;
import io.sealroom.partner.seal.SealStore;
import io.sealroom.partner.seal.Sealer;
import io.sealroom.partner.seal.StoredStep;
import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals one step in every partition: composes, stores, sends; or sends what was stored. */
public final class StepSealing {

    private static final Logger LOG = LoggerFactory.getLogger(StepSealing.class);

    private final OwnSeals ownSeals;
    private final Sealer sealer;
    private final SealStore store;
    private final EventsTopic topic;
    private final List<PartitionState> states;
    private final SealObserver observer;

    /**
     * @param states where the topic's partitions stand; moved on with each seal
     */
    public StepSealing(
            Membership member,
            SealStore store,
            EventsTopic topic,
            List<PartitionState> states,
            SealObserver observer) {
        this.ownSeals = new OwnSeals(member.identity(), member.self());
        this.sealer = new Sealer(member.identity(), member.policy(), member.self(), member.keys());
        this.store = store;
        this.topic = topic;
        this.states = states;
        this.observer = observer;
    }

    /** Everything read back is covered by the seals of this step. */
    public void seal(long from, long to) throws AgentException, InterruptedException {
        List<ChainHead> heads = topic.heads();
        List<ChainHead> closing =
                states.stream()
                        .map(
                                state ->
                                        state.sealedUntil() >= to
                                                ? state.closing()
                                                : heads.get(state.partition()))
                        .toList();
        List<Bytes> seals = new ArrayList<>();
        for (PartitionState state : states) {
            Seal seal = sealer.seal(state.partition(), from, to, closing);
            seals.add(Bytes.of(Codecs.SEAL.encode(seal)));
        }
        StoredStep step = new StoredStep(from, to, seals);
        try {
            store.store(step);
        } catch (IOException e) {
            throw AgentException.unavailable(e, "seals cannot be stored: %s", e);
        }
        observer.sealsStored(from, to);
        send(step);
    }

    /** After a start: sends what an earlier run stored and did not finish sending. */
    public void resume() throws AgentException, InterruptedException {
        Optional<StoredStep> stored;
        try {
            requireReanchored();
            stored = store.load();
        } catch (IOException e) {
            throw AgentException.badInput("state: %s", e);
        }
        if (stored.isEmpty()) {
            return;
        }
        StoredStep step = stored.get();
        if (!isOfThisRoom(step)) {
            LOG.warn("the stored seals are of another room or policy and are not used");
            return;
        }
        requireNoneGone(step);
        if (step.from() != PartitionState.sealedUntil(states)) {
            return;
        }
        for (PartitionState state : states) {
            Seal seal = seal(step, state.partition()).orElseThrow();
            if (state.sealedUntil() == step.from()
                    && !OwnSeals.follows(seal, topic.heads().get(state.partition()))) {
                throw AgentException.alarm(
                        "partition %d no longer holds what the stored seal states: somebody else"
                                + " wrote to it, or Kafka lost a record. To go on all the same:"
                                + " sealroom partner reanchor",
                        state.partition());
            }
        }
        send(step);
        topic.readBack();
    }

    /**
     * A step is stored when every seal before it was read back. One that is gone must not be made
     * anew: whoever has seen the first would hold two different seals of the same slices.
     */
    private void requireNoneGone(StoredStep step) throws AgentException {
        for (PartitionState state : states) {
            if (state.sealedUntil() < step.from()) {
                throw AgentException.alarm(
                        "partition %d no longer holds the seals before the stored one: Kafka lost"
                                + " records. To go on all the same: sealroom partner reanchor",
                        state.partition());
            }
        }
    }

    /** What the partner decided on must not be half done: others would build on it. */
    private void requireReanchored() throws AgentException, IOException {
        List<ChainHead> heads = topic.heads();
        PendingReanchoring pending =
                new PendingReanchoring(
                        store.loadReanchoring(),
                        ownSeals,
                        states.stream()
                                .map(
                                        state ->
                                                new PartitionProgress(
                                                        state.sealedUntil(),
                                                        heads.get(state.partition())))
                                .toList());
        if (!pending.begun().isEmpty()) {
            throw AgentException.alarm(
                    "the re-anchoring of partition %d was begun and not finished: run sealroom"
                            + " partner reanchor again",
                    pending.begun().first());
        }
    }

    private boolean isOfThisRoom(StoredStep step) {
        return step.seals().size() == states.size()
                && states.stream()
                        .allMatch(
                                state ->
                                        seal(step, state.partition())
                                                .filter(
                                                        seal ->
                                                                ownSeals.isOwn(
                                                                        seal, state.partition()))
                                                .isPresent());
    }

    private static Optional<Seal> seal(StoredStep step, int partition) {
        return Codecs.SEAL.decode(step.seals().get(partition).toBytes()).toOptional();
    }

    /** Partition 0 last: its seal ends windows, and states what the others hold. */
    private void send(StoredStep step) throws AgentException, InterruptedException {
        for (int i = 1; i <= states.size(); i++) {
            PartitionState state = states.get(i % states.size());
            if (state.sealedUntil() < step.to()) {
                byte[] seal = step.seals().get(state.partition()).toBytes();
                topic.append(state.partition(), List.of(seal));
                state.sealed(step.to());
                observer.sealSent(state.partition(), step.to());
            }
        }
    }
}
