package io.sealroom.partner.exchange;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.schemas.policy.Partner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Both directions of one agent, without topics and threads: one life over a state directory. */
final class ExchangeCore {

    /**
     * With three batches each they have 24 ids under way, fewer than the 32 that an evaluator
     * remembers.
     */
    static final int REQUESTERS_MAX = 8;

    private final ExchangeParts parts;
    private final EvaluationService service;
    private final List<TokenRequester> requesters = new ArrayList<>();
    private @Nullable AgentException failure;

    /**
     * @param state directory of this partner in this room; exists
     * @param nanoTime measures how long partners are waited for
     * @param evaluations where others' requests are evaluated
     * @param workers where own batches are blinded and verified
     * @param channel where requests go
     * @param registry gets the metrics; of no other exchange
     * @throws IOException if the state directory cannot be read and written
     */
    ExchangeCore(
            Membership member,
            RoomKeys keys,
            Path state,
            Clock clock,
            LongSupplier nanoTime,
            RetryTimes times,
            Executor evaluations,
            Executor workers,
            RequestChannel channel,
            PrometheusRegistry registry)
            throws IOException {
        ExchangeMetrics metrics = new ExchangeMetrics(registry);
        RefusalLog refusals = new RefusalLog(metrics, nanoTime);
        EvidenceStore evidence = new EvidenceStore(state, member.policy(), keys, metrics);
        EpochRule epochs = new EpochRule(member.policy(), clock);
        Requesters requesters = new Requesters(member, state, clock);
        ReplyRouter router =
                new ReplyRouter(
                        member.policy(), new ReplyRules(member.identity()), refusals, evidence);
        parts =
                new ExchangeParts(
                        member,
                        keys,
                        epochs,
                        times,
                        workers,
                        router,
                        new RequestSender(
                                member, new RequestIds(state, clock), channel, router, metrics),
                        new WaitingPartners(others(member), nanoTime),
                        refusals,
                        evidence,
                        metrics);
        service =
                new EvaluationService(
                        new RequestRules(member),
                        new ReplySigner(member),
                        keys::evaluator,
                        epochs,
                        requesters,
                        evidence,
                        metrics,
                        evaluations);
        metrics.watch(parts.waiting());
        metrics.watch(requesters.ledgers());
    }

    /** What requesters share. */
    ExchangeParts parts() {
        return parts;
    }

    /** Answers the other partners. */
    EvaluationService service() {
        return service;
    }

    /**
     * @param batchSize elements of one request, at most 1024
     * @throws IllegalStateException if there are too many
     */
    synchronized TokenRequester newRequester(int batchSize) {
        if (requesters.size() == REQUESTERS_MAX) {
            throw new IllegalStateException(
                    String.format("requesters must be at most %d", REQUESTERS_MAX));
        }
        TokenRequester requester = new TokenRequester(parts, batchSize);
        requesters.add(requester);
        if (failure != null) {
            requester.onFailure(failure);
        }
        return requester;
    }

    /** Ends what requesters do, and whatever they are asked for later. */
    synchronized void fail(AgentException cause) {
        failure = cause;
        requesters.forEach(requester -> requester.onFailure(cause));
    }

    private static List<String> others(Membership member) {
        return member.policy().partners().stream()
                .map(Partner::name)
                .filter(name -> !name.equals(member.name()))
                .toList();
    }
}
