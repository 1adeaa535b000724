package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.AdmissionRules;
import io.sealroom.privacy.attribution.SlotCap;
import io.sealroom.schemas.record.Token;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.TokenKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which of the conversions of one slice can still use a token as their older slot, while they wait:
 * of each query the first C. What is not among the first of some is not among the first of all. So
 * lists that are forged by the million cost what a few cost. Conversions that ask their own token
 * are no more than its own cap admits, and one of each slice and partner for presence.
 */
final class ProbesCap {

    /** The order of conversions: (time, event id), then what tells two partners' apart. */
    static final Comparator<Probe> ORDER =
            Comparator.comparingLong(Probe::time)
                    .thenComparing(Probe::eventId)
                    .thenComparingInt(Probe::partner)
                    .thenComparing(probe -> token(probe.token()));

    private ProbesCap() {}

    private static Token token(TokenKey key) {
        return new Token(key.w0(), key.w1(), key.w2(), key.w3());
    }

    /** Those that ask their own token, then the older ones that count in their order. */
    static List<Probe> cut(AdmissionRules rules, List<Probe> probes) {
        List<Probe> kept = new ArrayList<>();
        List<Probe> older = new ArrayList<>();
        for (Probe probe : probes) {
            (probe.older() ? older : kept).add(probe);
        }
        older.sort(ORDER);
        SlotCap cap = new SlotCap(rules);
        for (Probe probe : older) {
            long queries = cap.admit(probe.queries());
            if (queries != 0) {
                kept.add(probe.of(queries));
            }
        }
        return kept;
    }
}
