/**
 * Which conversions count, in a room whose conversions look back into the epoch before (K = 1):
 * there a conversion has two tokens, and its own token's cap is decided before either is asked for
 * touches (DESIGN 6).
 *
 * <pre>
 *   conversion --waiting--&gt; end of its slice --ConversionAdmission--+--&gt; probe of its own token
 *                                                                   \--&gt; probe of its older token
 * </pre>
 *
 * <p>Nothing is decided on arrival, as in the match stage, and a late conversion is a fault for the
 * same reasons.
 */
@NullMarked
package io.sealroom.streaming.admit;

import org.jspecify.annotations.NullMarked;
