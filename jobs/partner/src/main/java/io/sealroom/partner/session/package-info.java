/**
 * A partner in its room for as long as a process lives: what an agent, {@code tokenise} and an
 * embedded producer have in common.
 */
@NullMarked
package io.sealroom.partner.session;

import org.jspecify.annotations.NullMarked;
