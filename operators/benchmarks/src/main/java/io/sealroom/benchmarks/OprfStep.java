package io.sealroom.benchmarks;

/** The steps of the protocol that are measured apart. */
enum OprfStep {
    HASH_TO_CURVE("hash to curve", 1),
    BLIND("blind (hash to curve included)", 1),
    DECODE_REQUEST("evaluator decodes the request", 3),
    EVALUATE("evaluate and prove", 3),
    DECODE_ANSWER("requester decodes an answer", 3),
    VERIFY("verify", 3),
    COMBINE_1("combine, 1 partner", 1),
    COMBINE_2("combine, 2 partners", 1),
    COMBINE_3("combine, 3 partners", 1);

    private final String title;
    private final int runs;

    OprfStep(String title, int runs) {
        this.title = title;
        this.runs = runs;
    }

    static OprfStep combine(int partners) {
        return switch (partners) {
            case 1 -> COMBINE_1;
            case 2 -> COMBINE_2;
            case 3 -> COMBINE_3;
            default -> throw new IllegalArgumentException("1 to 3 partners, got " + partners);
        };
    }

    String title() {
        return title;
    }

    /** How often a batch with three evaluators takes the step. */
    int runs() {
        return runs;
    }
}
