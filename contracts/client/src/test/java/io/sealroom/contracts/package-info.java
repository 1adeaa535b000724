/** Tests of the contracts' client. */
@NullMarked
package io.sealroom.contracts;

import org.jspecify.annotations.NullMarked;
