package io.sealroom.local.campaign;

import java.text.Normalizer;
import java.util.Locale;
import java.util.SplittableRandom;

/** Ways to write one e-mail address; NFKC, lower case, NFKC and trim lead back from all of them. */
enum EmailSpelling {
    PLAIN {
        @Override
        String of(String email) {
            return email;
        }
    },
    UPPER_CASE {
        @Override
        String of(String email) {
            return email.toUpperCase(Locale.ROOT);
        }
    },
    CAPITALISED {
        @Override
        String of(String email) {
            int first = email.offsetByCodePoints(0, 1);
            return email.substring(0, first).toUpperCase(Locale.ROOT) + email.substring(first);
        }
    },
    SPACES_AROUND {
        @Override
        String of(String email) {
            return "  " + email + " ";
        }
    },
    WIDE_SPACE_BEFORE {
        @Override
        String of(String email) {
            return "\u3000" + email;
        }
    },
    DECOMPOSED {
        @Override
        String of(String email) {
            return Normalizer.normalize(email, Normalizer.Form.NFD);
        }
    },
    DECOMPOSED_UPPER_CASE {
        @Override
        String of(String email) {
            return Normalizer.normalize(email.toUpperCase(Locale.ROOT), Normalizer.Form.NFD);
        }
    },
    FULL_WIDTH {
        @Override
        String of(String email) {
            return FullWidth.of(email);
        }
    };

    private static final EmailSpelling[] ALL = values();

    abstract String of(String email);

    /** One of two is plain, the rest are spread over all. */
    static EmailSpelling draw(SplittableRandom random) {
        return random.nextBoolean() ? PLAIN : ALL[random.nextInt(ALL.length)];
    }
}
