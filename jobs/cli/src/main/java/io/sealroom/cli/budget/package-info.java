/**
 * {@code sealroom budget}: what is spent of the privacy of data sets, and whether what comes next
 * can be paid. Amounts are zCDP micro-rho.
 */
@NullMarked
package io.sealroom.cli.budget;

import org.jspecify.annotations.NullMarked;
