package io.sealroom.partner.exchange;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.tokens.BatchTokens;
import io.sealroom.partner.tokens.TokenSource;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.Token;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns identifiers into tokens with every partner's help, one call at a time. Several requesters
 * may work at once.
 *
 * <p>A reply that does not hold is refused, logged with its partner and the reason, and waited for
 * again: somebody else may have written it. Only a signed refusal, or the third wrong proof under a
 * partner's own signature, ends a call.
 */
public final class TokenRequester implements TokenSource, BatchTokens {

    private final ExchangeParts parts;
    private final int batchSize;
    private final BatchArithmetic arithmetic;
    private @Nullable TokenRun running;
    private @Nullable AgentException failure;

    /**
     * @param batchSize elements of one request, at most 1024
     */
    TokenRequester(ExchangeParts parts, int batchSize) {
        this.parts = parts;
        this.batchSize = batchSize;
        this.arithmetic =
                new BatchArithmetic(
                        parts.member().policy().room(),
                        parts.member().policy().partnerIndex(parts.member().name()).orElseThrow());
    }

    /** What evaluators count for so many identifiers of one epoch: padding counts too. */
    public static long elementsOf(long identifiers) {
        return BatchPlan.elements(identifiers, EvaluationRequest.ELEMENTS_MAX);
    }

    /**
     * In full batches; the last one is padded.
     *
     * @throws PartnerRefusesException if a partner refuses to evaluate
     */
    @Override
    public Map<NormalisedIdentifier, Token> tokens(
            long epoch, List<NormalisedIdentifier> identifiers, IntConsumer progress)
            throws AgentException, InterruptedException {
        return run(epoch, BatchPlan.split(identifiers, batchSize), progress);
    }

    /**
     * @throws PartnerRefusesException if a partner refuses to evaluate
     */
    @Override
    public Map<NormalisedIdentifier, Token> batch(
            long epoch, List<NormalisedIdentifier> identifiers, int size)
            throws AgentException, InterruptedException {
        return run(epoch, List.of(new BatchPlan(identifiers, size)), count -> {});
    }

    /** Ends a call under way, and every later one. */
    synchronized void onFailure(AgentException cause) {
        failure = cause;
        if (running != null) {
            running.fail(cause);
        }
    }

    private Map<NormalisedIdentifier, Token> run(
            long epoch, List<BatchPlan> plan, IntConsumer progress)
            throws AgentException, InterruptedException {
        PartnerKeys publicKeys =
                parts.keys()
                        .publicKeys(epoch)
                        .orElseThrow(
                                () ->
                                        AgentException.badInput(
                                                "there are no OPRF keys of epoch %d: it lies outside"
                                                        + " the room",
                                                epoch));
        VoprfEvaluator own =
                parts.keys()
                        .evaluator(epoch)
                        .orElseThrow(
                                () ->
                                        AgentException.badInput(
                                                "the own key share of epoch %d is erased, or the"
                                                        + " room was closed before: nothing can be"
                                                        + " tokenised in it",
                                                epoch));
        TokenRun run = new TokenRun(parts, arithmetic, publicKeys, own, epoch);
        begin(run);
        try {
            return run.run(plan, progress);
        } finally {
            end();
        }
    }

    private synchronized void begin(TokenRun run) throws AgentException {
        if (failure != null) {
            throw failure;
        }
        if (running != null) {
            throw new IllegalStateException("a requester works for one caller at a time");
        }
        running = run;
    }

    private synchronized void end() {
        running = null;
    }
}
