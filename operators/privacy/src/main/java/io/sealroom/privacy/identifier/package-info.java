/**
 * The normal form of identifiers and the partner's event ids (DESIGN.md section 4, PROTOCOL.md
 * section 6).
 *
 * <p>Two partners meet on a person only if their normal forms are equal byte for byte, so the rules
 * are few and know no provider: NFKC, lower case, NFKC, trim; then e-mail addresses keep what is
 * left and phone numbers become E.164. Anything doubtful is refused rather than repaired. Neither
 * an identifier nor a part of one is in any message or text of this package.
 */
@NullMarked
package io.sealroom.privacy.identifier;

import org.jspecify.annotations.NullMarked;
