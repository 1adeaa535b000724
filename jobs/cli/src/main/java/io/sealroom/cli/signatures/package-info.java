/**
 * {@code sealroom signatures}: what the nodes of a room said to one another, and whether it was the
 * same.
 */
@NullMarked
package io.sealroom.cli.signatures;

import org.jspecify.annotations.NullMarked;
