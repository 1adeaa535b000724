package io.sealroom.local.campaign;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Ways to write one phone number for a reader in the United States; libphonenumber leads back from
 * all of them.
 */
enum PhoneSpelling {
    E164 {
        @Override
        String of(PhoneNumber number) {
            return number.e164();
        }
    },
    INTERNATIONAL_SPACES {
        @Override
        String of(PhoneNumber number) {
            return "+" + number.countryCode() + " " + String.join(" ", number.groups());
        }
    },
    INTERNATIONAL_DASHES_PADDED {
        @Override
        String of(PhoneNumber number) {
            return " +" + number.countryCode() + "-" + String.join("-", number.groups()) + " ";
        }
    },
    FULL_WIDTH {
        @Override
        String of(PhoneNumber number) {
            return FullWidth.of(INTERNATIONAL_SPACES.of(number));
        }
    },
    /** As dialled: 1 212 555 0123 at home, 011 44 121 496 0123 abroad. */
    DIALLED {
        @Override
        String of(PhoneNumber number) {
            String prefix = isHome(number) ? "1" : "011 " + number.countryCode();
            return prefix + " " + String.join(" ", number.groups());
        }
    },
    /** As printed on a card: (212) 555-0123 at home, +44 (0)121 496 0123 abroad. */
    PARENTHESES {
        @Override
        String of(PhoneNumber number) {
            List<String> groups = number.groups();
            return isHome(number)
                    ? "(" + groups.get(0) + ") " + groups.get(1) + "-" + groups.get(2)
                    : "+" + number.countryCode() + " (0)" + String.join(" ", groups);
        }
    },
    /** 212.555.0123 at home; abroad the country code in parentheses. */
    DOTS {
        @Override
        String of(PhoneNumber number) {
            String prefix = isHome(number) ? "" : "(+" + number.countryCode() + ") ";
            return prefix + String.join(".", number.groups());
        }
    };

    private static final PhoneSpelling[] ALL = values();

    abstract String of(PhoneNumber number);

    static PhoneSpelling draw(SplittableRandom random) {
        return ALL[random.nextInt(ALL.length)];
    }

    private static boolean isHome(PhoneNumber number) {
        return number.countryCode().equals(PhoneNumber.NORTH_AMERICA);
    }
}
