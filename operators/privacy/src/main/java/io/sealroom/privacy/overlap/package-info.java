/**
 * What one token adds to the overlap rows of a query, window by window, under the caps that the
 * noise is made for (DESIGN sections 6 and 7).
 *
 * <p>An {@link io.sealroom.privacy.overlap.OpenWindow} collects what a token showed in a window;
 * when the window is over, {@link io.sealroom.privacy.overlap.OverlapCaps} turns it into an {@link
 * io.sealroom.privacy.overlap.OverlapContribution}. Windows of one token are closed in time order,
 * so "the first W windows of the epoch" never depends on the order of arrival. All state is packed
 * longs, fit for keyed state.
 */
@NullMarked
package io.sealroom.privacy.overlap;

import org.jspecify.annotations.NullMarked;
