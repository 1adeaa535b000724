/**
 * The exact totals of a whole history, computed the plain way: everything in memory, one pass a
 * rule, no streams. It shares no class with the operators but the event record and the policy, so
 * that a fault of theirs cannot be its own.
 */
@NullMarked
package io.sealroom.reference;

import org.jspecify.annotations.NullMarked;
