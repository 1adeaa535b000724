/** One event of a partner: as it comes, and checked, before its identifier is blinded. */
@NullMarked
package io.sealroom.partner.event;

import org.jspecify.annotations.NullMarked;
