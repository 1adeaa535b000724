/**
 * The OPRF over Kafka (DESIGN.md section 4, PROTOCOL.md sections 2, 4 and 6).
 *
 * <pre>
 * requester                                               evaluator (every partner)
 * TokenRequester -- [room].oprf.requests.[evaluator]  --> RequestAnswering -> EvaluationService
 *                <- [room].oprf.replies.[evaluator].[requester] --
 * </pre>
 *
 * <p>Both run in one agent. A request is signed by the requester and bound to evaluator, policy,
 * epoch and a rising id; a reply is signed by the evaluator and bound to the request. The requester
 * uses nothing before signature, binding and proof hold. A request without an answer is sent again,
 * byte for byte; the evaluator decides on an id once, writes the decision down, and repeats it.
 *
 * <p>Guaranteed: a requester has no more elements evaluated than its quota for each wall-clock
 * epoch, by each evaluator on its own, whatever it repeats and whoever is restarted; it is charged
 * once for an id. What a partner signs and should not have is kept as {@code Evidence}, which
 * anybody can check with {@code EvidenceCheck}. A partner that is away is waited for; what the
 * others answered is kept.
 *
 * <p>Not guaranteed: an evaluator that loses its state directory has lost its accounts, and begins
 * them at zero.
 *
 * <p>Bytes that no partner signed are dropped without a reply: anybody who can write to Kafka could
 * otherwise make an evaluator work.
 */
@NullMarked
package io.sealroom.partner.exchange;

import org.jspecify.annotations.NullMarked;
