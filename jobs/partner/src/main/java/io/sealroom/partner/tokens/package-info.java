/** Identifiers to tokens: where they come from, when they are asked for, how long they are kept. */
@NullMarked
package io.sealroom.partner.tokens;

import org.jspecify.annotations.NullMarked;
