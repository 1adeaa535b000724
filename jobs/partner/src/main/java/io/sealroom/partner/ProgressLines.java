package io.sealroom.partner;

import io.sealroom.partner.metrics.AgentState;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * Progress for whoever started the process: one line of text each, the partner's name first. At
 * most once a second a line says how fast it goes, too.
 */
final class ProgressLines implements RunObserver {

    private final String partner;
    private final PrintWriter out;
    private final Rate tokens;
    private final Rate slices;

    ProgressLines(String partner, PrintWriter out, Clock clock) {
        this.partner = partner;
        this.out = out;
        this.tokens = new Rate(clock, "tokens");
        this.slices = new Rate(clock, "slices");
    }

    @Override
    public void metricsServed(URI uri) {
        line("metrics at " + uri);
    }

    @Override
    public void state(AgentState state) {
        if (state == AgentState.STREAMING || state == AgentState.STOPPING) {
            line(state.label());
        }
    }

    @Override
    public void waits(String what) {
        line(what);
    }

    @Override
    public void tokenised(long done, long total) {
        line("tokenised " + done + " of " + total, tokens.report(done, total));
    }

    @Override
    public void sealed(long done, long total) {
        line("sealed slice " + done + " of " + total, slices.report(done, total));
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

    private void line(String text, Optional<String> rate) {
        line(text + rate.map(told -> ", " + told).orElse(""));
    }

    private synchronized void line(String text) {
        out.println(partner + ": " + text);
        out.flush();
    }
}
