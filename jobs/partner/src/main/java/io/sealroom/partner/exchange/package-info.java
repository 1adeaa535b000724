/**
 * The OPRF over Kafka (DESIGN.md section 4, PROTOCOL.md sections 2, 4 and 6).
 *
 * <pre>
 * requester                                               evaluator (every partner)
 * TokenRequester -- [room].oprf.requests.[evaluator]  --> RequestListener -> EvaluationService
 *                <- [room].oprf.replies.[evaluator].[requester] --
 * </pre>
 *
 * <p>Both run in one agent. A request is signed by the requester and bound to evaluator, policy,
 * epoch and a rising id; a reply is signed by the evaluator and bound to the request. The requester
 * uses nothing before signature, binding and proof hold. A request without an answer is sent again,
 * byte for byte; the evaluator answers one id once, and repeats that answer.
 *
 * <p>Bytes that no partner signed are dropped without a reply: anybody who can write to Kafka could
 * otherwise make an evaluator work.
 */
@NullMarked
package io.sealroom.partner.exchange;

import org.jspecify.annotations.NullMarked;
