/**
 * {@code sealroom room}: from a policy to a room on a chain that all partners have approved, and
 * the topics it needs.
 *
 * <p>A room's configuration is derived from the policy and compared with it before anything is
 * signed: no command takes a part of it from its arguments.
 */
@NullMarked
package io.sealroom.cli.room;

import org.jspecify.annotations.NullMarked;
