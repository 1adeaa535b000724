package io.sealroom.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Medians over the rounds, and what follows from them. */
final class OprfReport {

    /** What the project wants of evaluate and prove, in openssl's ECDH operations. */
    static final double EVALUATE_GOAL = 0.20;

    /** What the project wants of the whole path with one key, in psi.js's paths. */
    static final double PATH_GOAL = 1.8;

    private final List<Double> openssl = new ArrayList<>();
    private final List<PsiPeer.Round> psi = new ArrayList<>();
    private final Map<OprfStep, List<Double>> steps = new EnumMap<>(OprfStep.class);

    /**
     * Adds a round.
     *
     * @param opensslPerSecond operations
     * @param psiRound the peer's
     * @param ours microseconds per element
     */
    void add(double opensslPerSecond, PsiPeer.Round psiRound, Map<OprfStep, Double> ours) {
        openssl.add(opensslPerSecond);
        psi.add(psiRound);
        ours.forEach((step, micros) -> at(step).add(micros));
    }

    /** Microseconds per element of the step. */
    double micros(OprfStep step) {
        return median(at(step));
    }

    /** Microseconds per element from an input to its token with so many evaluators. */
    double pathMicros(int partners) {
        return micros(OprfStep.BLIND)
                + partners
                        * (micros(OprfStep.DECODE_REQUEST)
                                + micros(OprfStep.EVALUATE)
                                + micros(OprfStep.DECODE_ANSWER)
                                + micros(OprfStep.VERIFY))
                + micros(OprfStep.combine(partners));
    }

    double opensslMicros() {
        return 1e6 / median(openssl);
    }

    double psiMicros() {
        return median(psi.stream().map(PsiPeer.Round::path).toList());
    }

    /** Verifiable evaluations in the time of one ECDH operation of openssl. */
    double evaluateRatio() {
        return opensslMicros() / micros(OprfStep.EVALUATE);
    }

    /** Whole paths with one key in the time of one path of psi.js. */
    double pathRatio() {
        return psiMicros() / pathMicros(1);
    }

    /** Title to microseconds per element, in the order of the protocol, the peers last. */
    Map<String, Double> rows() {
        Map<String, Double> rows = new LinkedHashMap<>();
        for (OprfStep step : OprfStep.values()) {
            rows.put(step.title(), micros(step));
        }
        rows.put("whole path, 1 partner", pathMicros(1));
        rows.put("whole path, 2 partners", pathMicros(2));
        rows.put("whole path, 3 partners", pathMicros(3));
        rows.put("openssl ecdhp256", opensslMicros());
        rows.put("psi.js, mask", median(psi.stream().map(PsiPeer.Round::blind).toList()));
        rows.put("psi.js, mask again", median(psi.stream().map(PsiPeer.Round::evaluate).toList()));
        rows.put("psi.js, unmask", median(psi.stream().map(PsiPeer.Round::unblind).toList()));
        rows.put("psi.js, whole path", psiMicros());
        return rows;
    }

    private List<Double> at(OprfStep step) {
        return steps.computeIfAbsent(step, s -> new ArrayList<>());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
