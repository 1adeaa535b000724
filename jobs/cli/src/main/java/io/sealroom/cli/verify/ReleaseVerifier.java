package io.sealroom.cli.verify;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseJsonException;
import io.sealroom.schemas.release.ReleaseRules;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Verifies the lines of one file, one after another. */
public final class ReleaseVerifier {

    private final Optional<ChainRules> chain;
    private final Optional<Policy> policy;
    private final Map<Window, Long> lineOf = new HashMap<>();
    private boolean chainAway;

    /**
     * @param chain the contract; without one every release that is consistent is unchecked
     * @param policy the policy, if the user gave it
     */
    public ReleaseVerifier(Optional<ChainRules> chain, Optional<Policy> policy) {
        this.chain = chain;
        this.policy = policy;
    }

    /** There is one result for each, for ever. */
    private record Window(String query, long start) {}

    /**
     * Verifies all lines of a file.
     *
     * @param results take what was found of each, in their order
     * @throws IOException if the file cannot be read
     */
    public void verify(BufferedReader lines, Consumer<VerifiedLine> results) throws IOException {
        long number = 0;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                results.accept(verify(number, line));
            }
        } catch (CharacterCodingException e) {
            // The reader has decoded ahead of the line it was asked for.
            results.accept(
                    new VerifiedLine(
                            number + 1,
                            Optional.empty(),
                            new Verdict.Mismatch(
                                    List.of("not UTF-8, in this line or a later one"))));
        }
    }

    /** Verifies a line; the chain is not asked again after it did not answer once. */
    private VerifiedLine verify(long number, String line) {
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
        return new VerifiedLine(number, Optional.of(release), verdict(faults, asked));
    }

    private boolean ask(ReleaseDocument document, List<String> faults) {
        if (chain.isEmpty() || chainAway) {
            return false;
        }
        try {
            faults.addAll(chain.get().faults(document));
        } catch (IOException e) {
            chainAway = true;
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
