package io.sealroom.partner;

import java.io.PrintWriter;

/** Progress for whoever started the process: one line of text each, the partner's name first. */
final class ProgressLines implements RunObserver {

    private final String partner;
    private final PrintWriter out;

    ProgressLines(String partner, PrintWriter out) {
        this.partner = partner;
        this.out = out;
    }

    @Override
    public void tokenised(long done, long total) {
        line("tokenised " + done + " of " + total);
    }

    @Override
    public void sealed(long done, long total) {
        line("sealed slice " + done + " of " + total);
    }

    @Override
    public void done(long sent, long alreadyThere, long rejected) {
        line(
                "done: "
                        + sent
                        + " events sent, "
                        + alreadyThere
                        + " already there, "
                        + rejected
                        + " lines rejected");
    }

    private void line(String text) {
        out.println(partner + ": " + text);
        out.flush();
    }
}
