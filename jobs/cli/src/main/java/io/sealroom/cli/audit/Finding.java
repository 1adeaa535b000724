package io.sealroom.cli.audit;

import org.jspecify.annotations.Nullable;

/**
 * What was found of one window.
 *
 * @param status in one word
 * @param hash that was replayed, if there is one
 * @param reason why it is withheld, if it is
 * @param place what is awaited, if it is not sealed and that is known
 * @param difference if it differs
 */
record Finding(
        AuditedWindow window,
        Status status,
        @Nullable String hash,
        @Nullable String reason,
        @Nullable Place place,
        @Nullable Difference difference) {

    /** How a window stands. */
    enum Status {
        SAME("same"),
        WITHHELD("withheld"),
        NOT_PUBLISHED("not published yet"),
        NOT_SEALED("not sealed yet"),
        DIFFERS("differs");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static Finding same(AuditedWindow window, String hash) {
        return new Finding(window, Status.SAME, hash, null, null, null);
    }

    static Finding withheld(AuditedWindow window, String reason, @Nullable String hash) {
        return new Finding(window, Status.WITHHELD, hash, reason, null, null);
    }

    static Finding notPublished(AuditedWindow window, String hash) {
        return new Finding(window, Status.NOT_PUBLISHED, hash, null, null, null);
    }

    static Finding notSealed(AuditedWindow window, @Nullable Place place) {
        return new Finding(window, Status.NOT_SEALED, null, null, place, null);
    }

    static Finding differs(AuditedWindow window, @Nullable String hash, Difference difference) {
        return new Finding(window, Status.DIFFERS, hash, null, null, difference);
    }
}
