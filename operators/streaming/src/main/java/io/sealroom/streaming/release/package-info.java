/**
 * From exact totals and verdicts to releases. The last place that sees an exact total.
 *
 * <pre>
 *   verdicts --VerdictExpansion--&gt; (query, window) --PartitionCover--\
 *                                                                    VerdictRules --WindowInputs--\
 *   exact totals -------------------------------------------------------------------------------- ReleaseAssembly --&gt; pending
 *                                                                    \--WithheldReason--------------------------------&gt; withheld
 * </pre>
 *
 * <p>The watermark says when to look, the verdicts say whether to release: a window is released
 * only if every partition of every supplying partner closed it with a valid seal, without a gap or
 * a re-anchoring, and if every partner's totals, salt and share are what it signed. Verdicts of a
 * partition may come in any order; what matters is that each comes before its watermark, on
 * whatever channel it takes, and that holds through restores (see the match package). Each total
 * comes once, because the totals stage forgets a row when it gives it and both lie within one
 * checkpoint. A restart, a rescaling and a replay give the same bytes, as everything here is a
 * function of the inputs.
 */
@NullMarked
package io.sealroom.streaming.release;

import org.jspecify.annotations.NullMarked;
