package io.sealroom.cli.report;

/** What the tables and tool tips say of a point. */
final class Words {

    private Words() {}

    static String of(Series series, Point point) {
        return switch (point.kind()) {
            case VALUE ->
                    series.measure().exact(point.value())
                            + " \u00b1 "
                            + series.measure().margin(point.margin());
            case SUPPRESSED -> "suppressed";
            case INVALID -> "invalid";
            case ABSENT -> "\u2013";
        };
    }
}
