/** The exact total of every row, at the end of its window. */
@NullMarked
package io.sealroom.streaming.totals;

import org.jspecify.annotations.NullMarked;
