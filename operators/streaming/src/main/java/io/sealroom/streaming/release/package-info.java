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
 * a re-anchoring, and if every partner's totals, salt and share are what it signed. A restart, a
 * rescaling and a replay give the same bytes, as everything here is a function of the inputs.
 */
@NullMarked
package io.sealroom.streaming.release;

import org.jspecify.annotations.NullMarked;
