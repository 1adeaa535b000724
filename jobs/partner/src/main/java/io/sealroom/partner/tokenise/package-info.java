/**
 * Tokens of a known base of identifiers, in bulk and ahead of time: what is in the cache when
 * events come is not asked for then.
 */
@NullMarked
package io.sealroom.partner.tokenise;

import org.jspecify.annotations.NullMarked;
