package io.sealroom.cli.policy;

import io.sealroom.cli.RowUnit;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a policy may ask for, though it hardly is what its partners want. */
final class PreviewWarnings {

    private final List<String> warnings = new ArrayList<>();

    private PreviewWarnings() {}

    static List<String> of(Policy policy, List<QueryPreview> queries) {
        PreviewWarnings warnings = new PreviewWarnings();
        boolean attributes = false;
        for (QueryPreview query : queries) {
            warnings.threshold(query);
            if (query.query() instanceof OverlapQuery overlap) {
                warnings.windows(overlap, query.windows());
            } else if (query.query() instanceof AttributionQuery attribution) {
                attributes = true;
                warnings.converters(attribution);
            }
        }
        if (attributes && policy.lookbackEpochs() > 0) {
            warnings.add(
                    "lookbackEpochs 1: one identifier changes attributed rows by 5 C conversions in"
                            + " place of 2 C, and the noise is as much wider; a node can link the"
                            + " tokens of one who converts over two epochs; and what was seen in"
                            + " one epoch changes the releases of two");
        }
        return List.copyOf(warnings.warnings);
    }

    /** Of a value row the count row is judged. */
    private void threshold(QueryPreview query) {
        List<String> below =
                query.families().stream()
                        .filter(FamilyPreview::thresholdBelowMargin)
                        .map(PreviewWarnings::below)
                        .toList();
        if (!below.isEmpty()) {
            add(
                    String.format(
                            "%s: what is shown may be noise alone, as the threshold is below the 95"
                                    + " %% margin: %s",
                            query.query().name(), String.join("; ", below)));
        }
    }

    private static String below(FamilyPreview family) {
        RowUnit unit = family.unit();
        return String.format(
                "%s, %s below %s",
                QueryLines.label(family.family().metric()),
                Figures.number(unit.of(new BigDecimal(family.family().threshold())), 3),
                Figures.number(unit.of(new BigDecimal(family.margin())), 3));
    }

    private void windows(OverlapQuery query, long windows) {
        if (query.windowsPerEpoch() >= windows) {
            add(
                    String.format(
                            "%s: windowsPerEpoch %d caps nothing, an epoch of this room has %d"
                                    + " windows; a smaller cap has less noise at the same charge",
                            query.name(), query.windowsPerEpoch(), windows));
        }
    }

    private void converters(AttributionQuery query) {
        if (query.converters() != null && query.sharingTouchesMax() > 1) {
            add(
                    String.format(
                            "%s: a conversion counts its identifier in up to %d cells, and the"
                                    + " converters have noise for 2 * %d * %d changes; with"
                                    + " touchesMax 1 for 2 * %d",
                            query.name(),
                            query.sharingTouchesMax(),
                            query.sharingTouchesMax(),
                            query.conversionsPerEpoch(),
                            query.conversionsPerEpoch()));
        }
    }

    private void add(String warning) {
        warnings.add(warning);
    }
}
