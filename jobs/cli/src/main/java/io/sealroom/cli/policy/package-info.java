/** {@code sealroom policy}: what can be said of a policy file alone. */
@NullMarked
package io.sealroom.cli.policy;

import org.jspecify.annotations.NullMarked;
