package io.sealroom.privacy.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealroom.schemas.record.IdentifierKind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierNormaliserTest {

    private static final IdentifierNormaliser GERMAN = IdentifierNormaliser.forRegion("DE");
    private static final IdentifierNormaliser NO_REGION =
            IdentifierNormaliser.forRegion(IdentifierNormaliser.NO_REGION);

    @ParameterizedTest
    @CsvSource(
            value = {
                "ann@example.org|ann@example.org",
                "Ann@Example.ORG|ann@example.org",
                "' \t\u00a0\u3000ann@example.org\u2003\u2028\n'|ann@example.org",
                // Full-width letters, digits, @ and full stop.
                "\uff21\uff4e\uff4e\uff11\uff20\uff45\uff58\uff0e\uff4f\uff52\uff47|ann1@ex.org",
                // No provider rules: dots and tags are part of the address.
                "a.n.n+shop@gmail.com|a.n.n+shop@gmail.com",
                // Combining ring and precomposed letter meet.
                "A\u030a@x.org|\u00e5@x.org",
                "\u212b@x.org|\u00e5@x.org",
                // Capital J has no precomposed caron: only after lower case do the two forms meet.
                "J\u030can@x.org|\u01f0an@x.org",
                // Ligature and long s fold away.
                "\ufb01rst@x.org|first@x.org",
                "\u017fun@x.org|sun@x.org",
                // Sharp s stays: case folding would make it ss, lower case does not.
                "STRA\u1e9eE@x.org|stra\u00dfe@x.org",
                // Turkish: dotless i stays apart from i; capital dotted I keeps its dot.
                "\u0131@x.org|\u0131@x.org",
                "I@x.org|i@x.org",
                "\u0130@x.org|i\u0307@x.org",
                // Outside the basic plane.
                "\ud835\udc00nn@x.org|ann@x.org",
                "ann@m\u00fcnchen.de|ann@m\u00fcnchen.de",
                "' ann @x.org '|",
            },
            delimiter = '|')
    void normalise_email_givesTheNormalForm(String text, String expected) {
        if (expected != null) {
            assertThat(normal(GERMAN, IdentifierKind.EMAIL, text)).isEqualTo(expected);
        } else {
            assertRejected(IdentifierKind.EMAIL, text, IdentifierRejection.EMAIL_CHARACTER);
        }
    }

    @Test
    void normalise_emailUnderTurkishLocale_isTheSame() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(normal(GERMAN, IdentifierKind.EMAIL, "INFO@X.ORG")).isEqualTo("info@x.org");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u00a0\u2003\u3000"})
    void normalise_nothingLeft_isRejected(String text) {
        assertRejected(IdentifierKind.EMAIL, text, IdentifierRejection.EMPTY);
        assertRejected(IdentifierKind.PHONE, text, IdentifierRejection.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ann", "ann.example.org", "a@b@c", "@@", "ann@x.org\uff20y.org", "\ufe6b@"})
    void normalise_emailWithoutExactlyOneAt_isRejected(String text) {
        assertRejected(IdentifierKind.EMAIL, text, IdentifierRejection.EMAIL_AT_SIGNS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@x.org", "ann@", "@", " @x.org", "ann@\u3000"})
    void normalise_emailWithAnEmptySide_isRejected(String text) {
        assertRejected(IdentifierKind.EMAIL, text, IdentifierRejection.EMAIL_PART_EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "an n@x.org",
                "ann@x\u00a0.org",
                "ann\u1680@x.org",
                "ann@x\u2028org",
                "ann@x.org\u0000",
                "\u0001ann@x.org",
                "ann\u0085@x.org",
                "an\u200bn@x.org",
                "an\u00adn@x.org",
                "\ufeffann@x.org",
                "ann\u202e@x.org",
                "ann@x.\u0378",
                "ann@x.\ud83f\udffe"
            })
    void normalise_emailWithInvisibleOrUnknownCharacter_isRejected(String text) {
        assertRejected(IdentifierKind.EMAIL, text, IdentifierRejection.EMAIL_CHARACTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@x\ud800.org", "\udc00ann@x.org", "+49301234\ud83d"})
    void normalise_halfASurrogatePair_isRejected(String text) {
        assertRejected(IdentifierKind.EMAIL, text, IdentifierRejection.MALFORMED_TEXT);
        assertRejected(IdentifierKind.PHONE, text, IdentifierRejection.MALFORMED_TEXT);
    }

    @Test
    void normalise_lengths_haveTheirLimits() {
        String longest = "a".repeat(320 - 6) + "@x.org";

        assertThat(normal(GERMAN, IdentifierKind.EMAIL, longest)).isEqualTo(longest);
        assertRejected(IdentifierKind.EMAIL, "a" + longest, IdentifierRejection.TOO_LONG);
        // Counted in UTF-8 bytes of the normal form.
        assertRejected(
                IdentifierKind.EMAIL,
                "\u00e5".repeat(160) + "@x.org",
                IdentifierRejection.TOO_LONG);
        assertRejected(IdentifierKind.EMAIL, " ".repeat(1025), IdentifierRejection.TOO_LONG);
        assertRejected(IdentifierKind.PHONE, "1".repeat(1025), IdentifierRejection.TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "+49 30 123456|+4930123456",
                "030/12 34 56|+4930123456",
                "(030) 123456|+4930123456",
                "0049 30 123456|+4930123456",
                "tel:+49-30-123456|+4930123456",
                "\uff0b\uff14\uff19 \uff13\uff10 123456|+4930123456",
                "\u0660\u0663\u0660123456|+4930123456",
                "' +49\u00a030\u2003123456\t'|+4930123456",
                "+1 (415) 555-2671|+14155552671",
            },
            delimiter = '|')
    void normalise_phone_givesE164(String text, String expected) {
        assertThat(normal(GERMAN, IdentifierKind.PHONE, text)).isEqualTo(expected);
    }

    @Test
    void normalise_nationalPhone_followsTheRegion() {
        assertThat(normal(IdentifierNormaliser.forRegion("US"), IdentifierKind.PHONE, "4155552671"))
                .isEqualTo("+14155552671");
        assertThat(NO_REGION.normalise(IdentifierKind.PHONE, "030 123456"))
                .isEqualTo(rejected(IdentifierRejection.PHONE_UNPARSEABLE));
        assertThat(normal(NO_REGION, IdentifierKind.PHONE, "+49 30 123456"))
                .isEqualTo("+4930123456");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@example.org", "phone", "+", "+999 123456", "-"})
    void normalise_noPhone_isRejected(String text) {
        assertRejected(IdentifierKind.PHONE, text, IdentifierRejection.PHONE_UNPARSEABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"110", "+1 200 000 0000", "+49 12 34"})
    void normalise_phoneOfNoRange_isRejected(String text) {
        assertRejected(IdentifierKind.PHONE, text, IdentifierRejection.PHONE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+49 30 123456 ext. 7", "+49 30 123456;ext=7", "+1 415 555 2671 x9"})
    void normalise_phoneWithExtension_isRejected(String text) {
        assertRejected(IdentifierKind.PHONE, text, IdentifierRejection.PHONE_EXTENSION);
    }

    @Test
    void normalise_ofTheNormalForm_changesNothing() {
        Random random = new Random(20260101);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder local = new StringBuilder();
            for (int j = 0; j < 4; j++) {
                local.appendCodePoint(random.nextInt(0x3000));
            }
            if (GERMAN.normalise(IdentifierKind.EMAIL, local + "@x.org")
                    instanceof NormalisationOutcome.Normalised first) {
                String once = text(first.identifier());
                assertThat(normal(GERMAN, IdentifierKind.EMAIL, once))
                        .describedAs("trial %d", i)
                        .isEqualTo(once);
            }
        }
    }

    @Test
    void forRegion_unknown_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> IdentifierNormaliser.forRegion("XX"));
        assertThatIllegalArgumentException().isThrownBy(() -> IdentifierNormaliser.forRegion("de"));
    }

    @Test
    void outcome_text_isRedacted() {
        NormalisationOutcome outcome = GERMAN.normalise(IdentifierKind.EMAIL, "ann@example.org");

        assertThat(outcome.toString()).doesNotContain("ann").contains("EMAIL, redacted");
        assertThat(GERMAN.normalise(IdentifierKind.EMAIL, "ann").toString()).doesNotContain("ann");
    }

    @Test
    void identifiers_kindAndContents_decideEquality() {
        NormalisedIdentifier one = new NormalisedIdentifier(IdentifierKind.EMAIL, "a@b");

        assertThat(one)
                .isEqualTo(new NormalisedIdentifier(IdentifierKind.EMAIL, "a@b"))
                .hasSameHashCodeAs(new NormalisedIdentifier(IdentifierKind.EMAIL, "a@b"))
                .isNotEqualTo(new NormalisedIdentifier(IdentifierKind.PHONE, "a@b"))
                .isNotEqualTo(new NormalisedIdentifier(IdentifierKind.EMAIL, "a@c"));
    }

    private static void assertRejected(
            IdentifierKind kind, String text, IdentifierRejection reason) {
        assertThat(GERMAN.normalise(kind, text)).isEqualTo(rejected(reason));
    }

    private static NormalisationOutcome rejected(IdentifierRejection reason) {
        return new NormalisationOutcome.Rejected(reason);
    }

    private static String normal(
            IdentifierNormaliser normaliser, IdentifierKind kind, String text) {
        NormalisationOutcome outcome = normaliser.normalise(kind, text);
        assertThat(outcome).isInstanceOf(NormalisationOutcome.Normalised.class);
        return text(((NormalisationOutcome.Normalised) outcome).identifier());
    }

    private static String text(NormalisedIdentifier identifier) {
        return new String(identifier.openUtf8(), StandardCharsets.UTF_8);
    }
}
