/**
 * Who this agent is in its room, and the OPRF keys of all partners: there once the ceremony is
 * complete, and this partner's own until they are erased.
 */
@NullMarked
package io.sealroom.partner.room;

import org.jspecify.annotations.NullMarked;
