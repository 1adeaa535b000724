package io.sealroom.cli.report;

/** What is known of a release. */
enum Standing {
    ON_CHAIN("verified", "ok"),
    CONSISTENT("consistent", "maybe"),
    INVALID("invalid", "bad");

    private final String word;
    private final String style;

    Standing(String word, String style) {
        this.word = word;
        this.style = style;
    }

    String style() {
        return style;
    }

    String word() {
        return word;
    }
}
