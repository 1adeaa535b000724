/**
 * From exact totals to rows: sensitivities, exact samplers, noise, thresholds, charges.
 *
 * <p>The way of a total, each step a type of its own so that no step can be left out or swapped:
 *
 * <pre>
 *   CappedTotal --addNoise--&gt; NoisyTotal --threshold | following--&gt; NoisyRow
 * </pre>
 *
 * <p>Everything between a {@link io.sealroom.privacy.dp.CappedTotal} and a {@link
 * io.sealroom.privacy.dp.NoisyRow} is integers and rationals: floating point would make the noise
 * inexact and its low bits tell the total. Margins, for display, are in {@link
 * io.sealroom.privacy.view}.
 *
 * <p>The samplers follow Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential
 * Privacy" (2020, arXiv 2004.00010), draw for draw as its reference implementation. They are exact,
 * not constant time: their running time depends on the noise they draw.
 *
 * <p>Nothing here keeps a clock, a source of randomness or a state beyond one object.
 */
@NullMarked
package io.sealroom.privacy.dp;

import org.jspecify.annotations.NullMarked;
