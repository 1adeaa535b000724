/**
 * Credits conversions to cells (DESIGN 6). Keyed by conversion, because with K = 1 the touches of
 * two tokens meet here; with K = 0 a conversion has one token and comes once.
 */
@NullMarked
package io.sealroom.streaming.attribute;

import org.jspecify.annotations.NullMarked;
