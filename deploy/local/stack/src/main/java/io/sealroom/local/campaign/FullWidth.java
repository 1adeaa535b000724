package io.sealroom.local.campaign;

/**
 * The full-width forms of ASCII (Unicode block FF00), which input methods for East Asian scripts
 * leave behind.
 */
final class FullWidth {

    private static final int OFFSET = 0xFF01 - '!';

    private FullWidth() {}

    /** Printable ASCII but the space in full width, everything else as it is. */
    static String of(String text) {
        StringBuilder wide = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            wide.append(c > ' ' && c < 0x7F ? (char) (c + OFFSET) : c);
        }
        return wide.toString();
    }
}
