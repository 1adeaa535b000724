/** {@code sealroom policy}: what can be said of a policy file and of the ledger that it names. */
@NullMarked
package io.sealroom.cli.policy;

import org.jspecify.annotations.NullMarked;
