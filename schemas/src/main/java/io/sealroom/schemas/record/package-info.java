/** Records on topics and their bounded Avro codecs (PROTOCOL.md section 2). */
@NullMarked
package io.sealroom.schemas.record;

import org.jspecify.annotations.NullMarked;
