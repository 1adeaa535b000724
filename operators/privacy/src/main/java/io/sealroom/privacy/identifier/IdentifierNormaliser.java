package io.sealroom.privacy.identifier;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.sealroom.schemas.record.IdentifierKind;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Brings identifiers into their normal form, the same at every partner. Never throws on a text.
 * Safe for use by several threads.
 */
public final class IdentifierNormaliser {

    /** Longest text looked at, in UTF-16 units: NFKC may lengthen one unit to 18. */
    public static final int TEXT_LENGTH_MAX = 1024;

    /** Longest e-mail address in normal form, in UTF-8 bytes: 64, @ and 255 (RFC 5321). */
    public static final int EMAIL_BYTES_MAX = 320;

    /** What a policy without a region says: phone numbers then need their country code. */
    public static final String NO_REGION = "ZZ";

    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

    private final String region;

    private IdentifierNormaliser(String region) {
        this.region = region;
    }

    /**
     * Reads phone numbers without a country code as numbers of the policy's region.
     *
     * @param region two capital letters, ISO 3166, or {@link #NO_REGION}
     * @throws IllegalArgumentException if the region has no numbering plan
     */
    public static IdentifierNormaliser forRegion(String region) {
        if (!region.equals(NO_REGION) && !PHONES.getSupportedRegions().contains(region)) {
            throw new IllegalArgumentException(
                    "region must be one that has a numbering plan, got " + region);
        }
        return new IdentifierNormaliser(region);
    }

    /**
     * @param text as the partner's records have it
     */
    public NormalisationOutcome normalise(IdentifierKind kind, String text) {
        if (text.length() > TEXT_LENGTH_MAX) {
            return rejected(IdentifierRejection.TOO_LONG);
        }
        if (text.codePoints().anyMatch(IdentifierNormaliser::isSurrogate)) {
            return rejected(IdentifierRejection.MALFORMED_TEXT);
        }
        String folded = fold(text);
        if (folded.isEmpty()) {
            return rejected(IdentifierRejection.EMPTY);
        }
        return switch (kind) {
            case EMAIL -> email(folded);
            case PHONE -> phone(folded);
        };
    }

    /** NFKC, lower case without a locale, NFKC (lower-casing can undo it), trim. */
    private static String fold(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFKC).strip();
    }

    private static NormalisationOutcome email(String folded) {
        int at = folded.indexOf('@');
        if (at < 0 || at != folded.lastIndexOf('@')) {
            return rejected(IdentifierRejection.EMAIL_AT_SIGNS);
        }
        if (at == 0 || at == folded.length() - 1) {
            return rejected(IdentifierRejection.EMAIL_PART_EMPTY);
        }
        if (folded.codePoints().anyMatch(IdentifierNormaliser::isForbidden)) {
            return rejected(IdentifierRejection.EMAIL_CHARACTER);
        }
        if (folded.getBytes(StandardCharsets.UTF_8).length > EMAIL_BYTES_MAX) {
            return rejected(IdentifierRejection.TOO_LONG);
        }
        return normalised(IdentifierKind.EMAIL, folded);
    }

    private NormalisationOutcome phone(String folded) {
        PhoneNumber number;
        try {
            number = PHONES.parse(folded, region);
        } catch (NumberParseException refused) {
            return rejected(IdentifierRejection.PHONE_UNPARSEABLE);
        }
        if (number.hasExtension()) {
            return rejected(IdentifierRejection.PHONE_EXTENSION);
        }
        if (!PHONES.isValidNumber(number)) {
            return rejected(IdentifierRejection.PHONE_INVALID);
        }
        return normalised(IdentifierKind.PHONE, PHONES.format(number, PhoneNumberFormat.E164));
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || switch (Character.getType(codePoint)) {
                    case Character.CONTROL, Character.FORMAT, Character.UNASSIGNED -> true;
                    default -> false;
                };
    }

    /** A lone half: pairs have been joined. */
    private static boolean isSurrogate(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }

    private static NormalisationOutcome normalised(IdentifierKind kind, String text) {
        return new NormalisationOutcome.Normalised(new NormalisedIdentifier(kind, text));
    }

    private static NormalisationOutcome rejected(IdentifierRejection reason) {
        return new NormalisationOutcome.Rejected(reason);
    }
}
