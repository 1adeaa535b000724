/**
 * Golden cases: small histories with the exact totals that DESIGN 6 gives them, worked out by hand
 * and written as files to be read. The batch reference and the operators are both held to them.
 */
@NullMarked
package io.sealroom.reference.cases;

import org.jspecify.annotations.NullMarked;
