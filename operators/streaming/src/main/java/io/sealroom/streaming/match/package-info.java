/**
 * What happens to one blinded identifier: its windows of overlap, its touches, its conversions
 * (DESIGN 6 and 11).
 *
 * <pre>
 *   event --waiting--&gt; end of its slice --OverlapTrack----&gt; end of the window --&gt; contributions
 *                                       +-TouchTrack------\
 *                                       \-ConversionTrack--+--&gt; matched conversions     (K = 0)
 *   probe --waiting--&gt; end of its slice --TokenHistory-----+                          (K = 1)
 *                                       \-OlderSlot--------/
 * </pre>
 *
 * <p>Nothing is decided on arrival. An event waits until the watermark has reached the end of its
 * slice; then the slice is worked on as a whole, so that arrival, parallelism and replay make no
 * difference. Late never depends on arrival either: an event and the watermark that passes it take
 * one channel in this order, and what a checkpoint caught on a channel, unaligned ones too, is
 * restored before anything new comes on it; an input's watermark is the smallest of its channels.
 * So an event behind the watermark here was held back by a fault, whatever was restored. What is
 * remembered between slices is packed into longs, a {@link
 * io.sealroom.streaming.match.TokenHistory}, and is gone with the epoch; with K = 1 its touches
 * stay for as long as a look-back reaches them.
 */
@NullMarked
package io.sealroom.streaming.match;

import org.jspecify.annotations.NullMarked;
