/**
 * Events as JSON, one object each: lines of a file or of standard input, or records of a raw topic
 * in the partner's own cluster.
 *
 * <p>A raw topic is read at least once and its events are sent once: an offset is committed when
 * everything before it is acknowledged by the room's Kafka or listed as a reject, and the sender
 * knows an event id that comes again.
 */
@NullMarked
package io.sealroom.partner.input;

import org.jspecify.annotations.NullMarked;
