/**
 * Attribution of conversions to touches (DESIGN section 6): which records stand, which conversions
 * are admitted, which touches are eligible, in what order, and how credit is split among them.
 *
 * <pre>
 *   records of a slice --Duplicates--&gt; standing --ConversionAdmission--&gt; admitted --\
 *                                          \--&gt; TouchBuffer --newest first--------------&gt; Attribution --&gt; credits
 * </pre>
 *
 * <p>Every order here is total and every credit an integer, so that neither arrival, parallelism
 * nor replay can change a result. Pure functions, or objects of packed longs that a caller keeps;
 * no clock, no randomness, no floating point.
 */
@NullMarked
package io.sealroom.privacy.attribution;

import org.jspecify.annotations.NullMarked;
