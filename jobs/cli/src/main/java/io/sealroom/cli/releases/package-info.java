/**
 * {@code sealroom releases}: a node's released windows, out of Kafka and into a file.
 *
 * <p>JSON lines are what {@code sealroom verify} takes. CSV is for spreadsheets: a line for each
 * row, and suppressed rows without a value, so that nobody adds their zeros up.
 */
@NullMarked
package io.sealroom.cli.releases;

import org.jspecify.annotations.NullMarked;
