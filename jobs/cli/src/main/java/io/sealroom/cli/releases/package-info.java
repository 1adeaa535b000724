/**
 * {@code sealroom releases}: a node's released windows, out of Kafka and into a file.
 *
 * <p>JSON lines are what {@code sealroom verify} takes: they hold what is hashed and nothing else,
 * so no margin, which follows from the mechanisms there. The other formats have a line for each
 * row, the margin of its noise beside it, and suppressed rows without a value, so that nobody adds
 * their zeros up.
 */
@NullMarked
package io.sealroom.cli.releases;

import org.jspecify.annotations.NullMarked;
