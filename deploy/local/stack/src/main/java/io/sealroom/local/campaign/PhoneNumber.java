package io.sealroom.local.campaign;

import java.util.List;

/**
 * A number that exists in its country's plan and rings nowhere.
 *
 * <p>Nineteen of twenty are North American with exchange 555, which is not given to subscribers;
 * the others are from the ranges that Ofcom (GB), Arcep (FR), BNetzA (DE) and ACMA (AU) keep for
 * fiction.
 *
 * @param countryCode without plus, as in "44"
 * @param groups of the national number as people write them, without the national prefix
 */
record PhoneNumber(String countryCode, List<String> groups) {

    static final String NORTH_AMERICA = "1";

    private static final int EVERY_ABROAD = 20;
    private static final List<String> AREAS =
            List.of(
                    "201", "202", "206", "212", "213", "214", "216", "267", "301", "303", "305",
                    "310", "312", "313", "314", "317", "404", "408", "412", "415", "469", "480",
                    "503", "510", "512", "513", "602", "612", "614", "615", "617", "702", "704",
                    "713", "718", "720", "757", "773", "801", "808");
    private static final List<String> BRITISH = List.of("121", "131", "161");
    private static final List<List<String>> GERMAN =
            List.of(List.of("30", "23125"), List.of("40", "66969"), List.of("69", "90009"));

    /** A number of its own for each index below {@link Population#MAX}. */
    static PhoneNumber ofPerson(int person) {
        if (person % EVERY_ABROAD == 0) {
            int abroad = person / EVERY_ABROAD;
            return abroad(abroad % 4, abroad / 4);
        }
        String area = AREAS.get(person % AREAS.size());
        String line = Digits.of(4, person / AREAS.size());
        return new PhoneNumber(NORTH_AMERICA, List.of(area, "555", line));
    }

    /**
     * @param country one of four
     * @param line below {@link Population#MAX} / 80 = 2,500
     */
    private static PhoneNumber abroad(int country, int line) {
        String last = Digits.of(3, line % 1_000);
        return switch (country) {
            case 0 -> new PhoneNumber("44", List.of(BRITISH.get(line / 1_000), "496", "0" + last));
            case 1 -> {
                List<String> block = GERMAN.get(line / 1_000);
                yield new PhoneNumber("49", List.of(block.get(0), block.get(1) + last));
            }
            case 2 -> {
                String four = Digits.of(4, line);
                yield new PhoneNumber(
                        "33", List.of("1", "99", "00", four.substring(0, 2), four.substring(2)));
            }
            default -> new PhoneNumber("61", List.of("2", "5550", Digits.of(4, line)));
        };
    }

    /** The normal form, ITU-T E.164. */
    String e164() {
        return "+" + countryCode + String.join("", groups);
    }
}
