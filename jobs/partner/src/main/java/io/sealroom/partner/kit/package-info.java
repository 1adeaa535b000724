/**
 * The producer kit: what a partner embeds to send events as they happen, in rooms of mode live. It
 * is the one writer of the partner's partitions and seals them by the clock.
 *
 * <p>An event's way: {@code send} checks it and puts it into a bounded buffer; when it is within
 * reach of the last seal its tokens are asked for; when they are there the writer sends it in a
 * transaction and completes its future; when its slice is over, and none of its events waits, the
 * slice is sealed.
 *
 * <p>What was sent survives a crash in two places: the topic, and the journal of what this writer
 * was about to write ({@link io.sealroom.partner.kit.SentJournal}). What was not sent is nowhere:
 * the future of such an event has not completed, and its source sends it again.
 */
@NullMarked
package io.sealroom.partner.kit;

import org.jspecify.annotations.NullMarked;
