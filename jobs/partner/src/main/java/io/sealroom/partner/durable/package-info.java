/** Files that survive a loss of power as they were written. */
@NullMarked
package io.sealroom.partner.durable;

import org.jspecify.annotations.NullMarked;
