/** Who this agent is in its room, and the OPRF keys of all partners. */
@NullMarked
package io.sealroom.partner.room;

import org.jspecify.annotations.NullMarked;
