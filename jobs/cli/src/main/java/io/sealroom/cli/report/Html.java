package io.sealroom.cli.report;

/**
 * Writes HTML that is well-formed XML too. All text and every attribute's value is escaped here and
 * nowhere else; only names of elements and attributes are taken as they are, and those are in the
 * code.
 */
final class Html {

    private final StringBuilder out = new StringBuilder();

    /** Begins an element; attributes are names and values in turn. */
    Html open(String element, String... attributes) {
        begin(element, attributes);
        out.append('>');
        return this;
    }

    Html close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    /** An element without content. */
    Html empty(String element, String... attributes) {
        begin(element, attributes);
        out.append("/>");
        return this;
    }

    /** An element that holds a text only. */
    Html leaf(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    Html text(String text) {
        escape(text);
        return this;
    }

    /** A line's end, so that the file can be read and compared by lines. */
    Html line() {
        out.append('\n');
        return this;
    }

    /** The page's own style, which is no input and needs no escaping. */
    Html style(String css) {
        out.append("<style>\n").append(css).append("</style>");
        return this;
    }

    private void begin(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(this::escape);
    }

    private void escape(int character) {
        switch (character) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(shown(character) ? character : '\uFFFD');
        }
    }

    /** Controls, halves of pairs and what turns the direction of a line can hide what follows. */
    private static boolean shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            // The last two of each plane are no characters, and XML has not two of them.
            default -> (character & 0xFFFE) != 0xFFFE;
        };
    }

    /** {@code <!DOCTYPE html>} and what was written. */
    String document() {
        return "<!DOCTYPE html>\n" + out + '\n';
    }
}
