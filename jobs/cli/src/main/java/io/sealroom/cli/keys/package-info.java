/**
 * {@code sealroom keys}: makes key files and shows what of them is public. Nothing here prints a
 * secret.
 */
@NullMarked
package io.sealroom.cli.keys;

import org.jspecify.annotations.NullMarked;
