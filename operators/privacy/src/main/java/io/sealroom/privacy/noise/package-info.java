/**
 * Noise that is derived, never sampled (PROTOCOL.md section 7): every node, and every replay of a
 * node, gets the same noise for the same window, and nobody can know it before all partners have
 * given their shares.
 *
 * <pre>
 *   shares of the partners ----IKM--\
 *                                    HKDF-Extract --PRK--&gt; Expand("noise", row) --AES-CTR--&gt; stream
 *   context, counts, heads --salt---/                 \--&gt; Expand("leaf", row)  ----------&gt; leaf salt
 * </pre>
 *
 * <p>Guaranteed: the same context and shares give the same bytes; any other input, however old the
 * record that changed, gives independent noise; the public leaf salts say nothing about noise keys.
 * Not guaranteed: unpredictability towards a node, which sees all shares, nor against the last
 * sealer together with a node, who can try several inputs. Noise is independent of the release
 * order, so one result per window, for ever, is what stops averaging; that is the contract's part.
 */
@NullMarked
package io.sealroom.privacy.noise;

import org.jspecify.annotations.NullMarked;
