package io.sealroom.local.chaos;

import java.io.IOException;

/** Waits for the end of standard input: whoever started us holds the other end. */
final class Parent {

    private Parent() {}

    static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // What it says does not matter.
            }
        } catch (IOException closed) {
            // As good as ended.
            return;
        }
    }
}
