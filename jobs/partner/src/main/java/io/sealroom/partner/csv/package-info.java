/**
 * The partner's own records: RFC 4180, UTF-8, header {@code
 * event_id,id_type,identifier,timestamp,kind,cell,value}.
 *
 * <p>A line that breaks a rule becomes a reject of its own (line, column, reason code, never the
 * line) and the run goes on; a file that cannot be read, or has another header, ends it. Event ids
 * are hashed and identifiers brought into normal form as they are read, so that neither stays in
 * memory as the file has it.
 */
@NullMarked
package io.sealroom.partner.csv;

import org.jspecify.annotations.NullMarked;
