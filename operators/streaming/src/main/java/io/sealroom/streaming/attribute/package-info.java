/**
 * Credits conversions to cells, in every query that admitted them (DESIGN 6). With K = 1 keyed by
 * conversion, because the touches of two tokens meet here; with K = 0 a conversion has one token
 * and comes once, with all that is needed.
 */
@NullMarked
package io.sealroom.streaming.attribute;

import org.jspecify.annotations.NullMarked;
