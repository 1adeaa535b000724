package io.sealroom.local.campaign;

/**
 * Lines that a reader must refuse, each for one reason, to show what becomes of them. Their ids
 * start with "bad-".
 */
final class BadLines {

    private static final int FORMS = 10;

    private final String time;
    private final String kind;
    private final String cell;
    private final String value;

    private BadLines(CampaignOptions options, String kind, String cell, String value) {
        time = options.start().plusSeconds(60).toString();
        this.kind = kind;
        this.cell = cell;
        this.value = value;
    }

    /** Lines that would be exposures. */
    static BadLines ofExposures(CampaignOptions options) {
        return new BadLines(options, "view", options.cells().get(0), "");
    }

    /** Lines that would be conversions. */
    static BadLines ofConversions(CampaignOptions options) {
        return new BadLines(options, "conversion", "", "1999");
    }

    /** The bad line of this number, without its end; ten in a row are bad in ten ways. */
    String line(int number) {
        String id = "bad-" + Digits.of(5, number);
        String email = "someone@example.com";
        return switch (number % FORMS) {
            case 0 -> CsvLine.of(id, "email", "no address", time, kind, cell, value);
            case 1 -> CsvLine.of(id, "email", "two@at@example.com", time, kind, cell, value);
            case 2 -> CsvLine.of(id, "phone", "555-01", time, kind, cell, value);
            case 3 -> CsvLine.of(id, "email", "   ", time, kind, cell, value);
            case 4 -> CsvLine.of(id, "cookie", email, time, kind, cell, value);
            case 5 -> CsvLine.of(id, "email", email, "yesterday", kind, cell, value);
            case 6 -> CsvLine.of(id, "email", email, time, "hover", cell, value);
            case 7 -> CsvLine.of(id, "email", email, time, kind, "no-such-cell", value);
            case 8 -> CsvLine.of(id, "email", email, time, kind, cell, "12.50");
            default -> CsvLine.of(id, "email", email, time);
        };
    }
}
