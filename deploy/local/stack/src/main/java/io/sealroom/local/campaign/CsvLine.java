package io.sealroom.local.campaign;

/**
 * Joins fields by RFC 4180: a field with a comma, a quote or a line break is quoted, its quotes
 * doubled.
 */
final class CsvLine {

    static final String END = "\r\n";

    private CsvLine() {}

    /** The line without its end. */
    static String of(String... fields) {
        StringBuilder line = new StringBuilder(96);
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                line.append(',');
            }
            line.append(mustQuote(fields[i]) ? quoted(fields[i]) : fields[i]);
        }
        return line.toString();
    }

    private static String quoted(String field) {
        return "\"" + field.replace("\"", "\"\"") + "\"";
    }

    private static boolean mustQuote(String field) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == ',' || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }
}
