/**
 * Seals (PROTOCOL.md section 5): what is sealed when, what a seal says, and the proof that Kafka
 * holds what this agent wrote. Plain arithmetic, without Kafka and without a clock.
 *
 * <p>A step seals [from, to) in every partition, partition 0 last:
 *
 * <ol>
 *   <li>every event of the step is acknowledged, and read back equal to the {@link
 *       io.sealroom.partner.seal.PartitionLedger};
 *   <li>all seals of the step are composed and stored ({@link io.sealroom.partner.seal.SealStore});
 *   <li>they are sent. After a crash the stored bytes are sent, never new ones: window secrets are
 *       encrypted afresh each time, and two differing seals of one step are evidence against their
 *       signer.
 * </ol>
 *
 * <p>Where Kafka holds something else no step is possible. Then the partner may decide to
 * re-anchor: one seal over what a damaged partition really holds, from where nodes stand to behind
 * whatever may be lost ({@link io.sealroom.partner.seal.ReanchorPlan}), stored and sent likewise.
 * Until it is sent, no step is.
 */
@NullMarked
package io.sealroom.partner.seal;

import org.jspecify.annotations.NullMarked;
