/**
 * The {@code sealroom} command: what consumers, partners and operators run by hand.
 *
 * <p>Results go to stdout and nothing else does; what went wrong goes to stderr, in a sentence and
 * without a stack trace. The exit codes are those of {@link io.sealroom.cli.ExitCodes}.
 */
@NullMarked
package io.sealroom.cli;

import org.jspecify.annotations.NullMarked;
