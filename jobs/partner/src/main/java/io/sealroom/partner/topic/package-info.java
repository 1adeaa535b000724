/**
 * The room's topics: creating and checking them, writing the own events topic, and reading back
 * what it holds.
 *
 * <p>Each partition has one transactional writer, {@code sealroom-<room>-<partner>-<partition>}: a
 * second agent of the same partner fences the first. Everything is read committed. Markers of
 * transactions take offsets but are no records, so counts and chain heads never look at offsets.
 */
@NullMarked
package io.sealroom.partner.topic;

import org.jspecify.annotations.NullMarked;
