package io.sealroom.partner;

import io.sealroom.partner.csv.RejectsFile;
import io.sealroom.partner.csv.RowInput;
import io.sealroom.partner.csv.RowIntake;
import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.seal.SealSteps;
import io.sealroom.partner.seal.SealStore;
import io.sealroom.partner.session.PartnerSession;
import io.sealroom.partner.session.TokenCaches;
import io.sealroom.partner.tokens.CachedTokens;
import io.sealroom.partner.tokens.DiskTokenCache;
import io.sealroom.partner.tokens.TokenMetrics;
import io.sealroom.partner.tokens.TokenSource;
import io.sealroom.partner.topic.EventsTopic;
import io.sealroom.partner.topic.PartitionState;
import io.sealroom.partner.topic.StepSealing;
import io.sealroom.privacy.identifier.EventIdKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The agent's own work: its file, from the first line to the seal of the room's last slice. */
final class OwnFile implements OwnWork {

    private final Membership member;
    private final RowInput input;
    private final RejectsFile rejects;

    private OwnFile(Membership member, RowInput input, RejectsFile rejects) {
        this.member = member;
        this.input = input;
        this.rejects = rejects;
    }

    /**
     * Looks at the input's beginning and begins the rejects anew.
     *
     * @throws AgentException if the input cannot be read, or rejects cannot be written
     */
    static OwnFile open(Membership member, BoundedInput input, RunObserver observer)
            throws AgentException {
        input.rows().requireUsable();
        return new OwnFile(member, input.rows(), input.createRejects(observer));
    }

    /** Tokens that were asked for once are kept on disk until everything is sealed. */
    @Override
    public void process(WorkParts parts) throws AgentException, InterruptedException {
        PartnerSession session = parts.session();
        TokenMetrics metrics = new TokenMetrics(session.registry());
        try (DiskTokenCache cache = TokenCaches.onDisk(session, metrics)) {
            process(
                    session,
                    new CachedTokens(cache, session.exchange().newRequester()),
                    parts.observer(),
                    parts.stop()::endWork);
            cache.forgetBefore(member.policy().lastEpoch() + 1);
        }
    }

    /** Nothing goes on once everything is sealed. */
    @Override
    public CompletableFuture<AgentException> failure() {
        return new CompletableFuture<>();
    }

    /**
     * Reads, tokenises, sends and seals everything that an earlier run has not.
     *
     * @param finished runs when everything is sealed, before the observer hears of it
     */
    private void process(
            PartnerSession session,
            TokenSource tokenSource,
            RunObserver observer,
            Runnable finished)
            throws AgentException, InterruptedException {
        SealClock clock = new SealClock(member.policy(), session.clock());
        EventFile file = new EventFile(member.policy(), new SealSteps(member.policy()));
        try (EventsTopic topic = EventsTopic.open(member, session.clients())) {
            input.read(
                    new RowIntake(
                            member.policy(),
                            new EventIdKey(member.keys().eventKey()),
                            file::add,
                            rejects));
            List<PartitionState> states = PartitionState.of(topic.replays());
            EventEncoder encoder = new EventEncoder(member.policy(), member.self().partitions());
            StepSealing sealing =
                    new StepSealing(
                            member, new SealStore(session.state()), topic, states, observer);
            sealing.resume();
            EpochTokens tokens =
                    new EpochTokens(
                            file.identifiers(PartitionState.sealedUntil(states), encoder),
                            member.policy().lookbackEpochs(),
                            tokenSource,
                            clock,
                            observer);
            SealingRun run =
                    new SealingRun(
                            member, file, encoder, tokens, topic, sealing, states, rejects, clock,
                            observer);
            run.run();
            rejects.flush();
            finished.run();
            run.report();
        } catch (IOException e) {
            throw rejectsFailed(e);
        } catch (UncheckedIOException e) {
            throw rejectsFailed(e.getCause());
        }
    }

    static AgentException rejectsFailed(@Nullable IOException e) {
        return AgentException.badInput("rejects cannot be written: %s", e);
    }

    @Override
    public void close() throws AgentException {
        try {
            rejects.close();
        } catch (IOException e) {
            throw rejectsFailed(e);
        }
    }
}
