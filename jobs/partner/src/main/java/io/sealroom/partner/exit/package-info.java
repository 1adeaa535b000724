/** How an agent ends: exit codes, and the exception that carries one to the command line. */
@NullMarked
package io.sealroom.partner.exit;

import org.jspecify.annotations.NullMarked;
