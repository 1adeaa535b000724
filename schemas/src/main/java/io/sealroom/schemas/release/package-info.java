/** Rows, releases and their canonical bytes (PROTOCOL.md section 8). */
@NullMarked
package io.sealroom.schemas.release;

import org.jspecify.annotations.NullMarked;
