/**
 * Adds contributions up where they arise, so that a few sums cross the network instead of one
 * record for each identifier. Sums of integers come out the same in any order and any grouping.
 */
@NullMarked
package io.sealroom.streaming.combine;

import org.jspecify.annotations.NullMarked;
