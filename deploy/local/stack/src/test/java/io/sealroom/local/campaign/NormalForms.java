package io.sealroom.local.campaign;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The normal form of an identifier by the letter of the design, apart from the code that tokenises.
 */
final class NormalForms {

    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

    private NormalForms() {}

    static String email(String text) {
        String folded = nfkc(nfkc(text).toLowerCase(Locale.ROOT)).trim();
        if (folded.chars().filter(c -> c == '@').count() != 1) {
            throw new IllegalArgumentException("not an address");
        }
        return folded;
    }

    static String phone(String text) {
        try {
            Phonenumber.PhoneNumber number = PHONES.parse(nfkc(text).trim(), "US");
            if (!PHONES.isValidNumber(number)) {
                throw new IllegalArgumentException("not a number of its country's plan");
            }
            return PHONES.format(number, PhoneNumberFormat.E164);
        } catch (NumberParseException e) {
            throw new IllegalArgumentException("not a phone number", e);
        }
    }

    private static String nfkc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
}
