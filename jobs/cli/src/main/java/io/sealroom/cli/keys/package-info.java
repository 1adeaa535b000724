/**
 * {@code sealroom keys}: makes key files, shows what of them is public, and keeps, restores and
 * erases OPRF seeds. Nothing here prints a secret.
 */
@NullMarked
package io.sealroom.cli.keys;

import org.jspecify.annotations.NullMarked;
