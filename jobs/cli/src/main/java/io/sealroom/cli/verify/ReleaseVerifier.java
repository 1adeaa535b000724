package io.sealroom.cli.verify;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseJsonException;
import io.sealroom.schemas.release.ReleaseRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verifies the lines of one file, one after another. */
final class ReleaseVerifier {

    private final ChainRules chain;
    private final Optional<Policy> policy;
    private final Map<Window, Long> lineOf = new HashMap<>();
    private boolean chainAway;

    /**
     * @param chain the contract
     * @param policy the policy, if the user gave it
     */
    ReleaseVerifier(ChainRules chain, Optional<Policy> policy) {
        this.chain = chain;
        this.policy = policy;
    }

    /** There is one result for each, for ever. */
    private record Window(String query, long start) {}

    /** Verifies a line; the chain is not asked again after it did not answer once. */
    VerifiedLine verify(long number, String line) {
        Release release;
        try {
            release = ReleaseJson.parse(line, number);
        } catch (ReleaseJsonException e) {
            return new VerifiedLine(
                    number,
                    Optional.empty(),
                    new Verdict.Mismatch(List.of("not a release: " + e.getMessage())));
        }
        ReleaseDocument document = release.pending().document();
        List<String> faults = new ArrayList<>(ReleaseRules.faults(release.pending()));
        Long earlier = lineOf.putIfAbsent(new Window(document.query(), document.start()), number);
        if (earlier != null) {
            faults.add(String.format("the same query and window as line %d", earlier));
        }
        policy.ifPresent(agreed -> faults.addAll(PolicyConformance.faults(agreed, document)));
        // Without rows there is no root, and so no hash to look for.
        boolean asked = document.rows().isEmpty() || ask(document, faults);
        return new VerifiedLine(number, Optional.of(document), verdict(faults, asked));
    }

    private boolean ask(ReleaseDocument document, List<String> faults) {
        if (!chainAway) {
            try {
                faults.addAll(chain.faults(document));
            } catch (IOException e) {
                chainAway = true;
            }
        }
        return !chainAway;
    }

    private static Verdict verdict(List<String> faults, boolean asked) {
        if (!faults.isEmpty()) {
            return new Verdict.Mismatch(faults);
        }
        return asked ? new Verdict.Verified() : new Verdict.Unchecked();
    }
}
