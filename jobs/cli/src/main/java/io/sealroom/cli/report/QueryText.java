package io.sealroom.cli.report;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Query;
import java.util.Locale;

/** A query of a policy in a sentence. */
final class QueryText {

    private QueryText() {}

    static String of(Query query) {
        String kind = word(query.identifierKind().name());
        String window = TimeAxis.length(query.windowMillis());
        if (query instanceof OverlapQuery overlap) {
            return String.format(
                    Locale.ROOT,
                    "Distinct %s identifiers that %s all saw, in windows of %s",
                    kind,
                    String.join(" and ", overlap.partners()),
                    window);
        }
        AttributionQuery attribution = (AttributionQuery) query;
        return String.format(
                Locale.ROOT,
                "Conversions of %s credited to exposures of %s, %s, by %s, in windows of %s",
                attribution.conversions(),
                String.join(" and ", attribution.exposures()),
                word(attribution.model().name()).replace('_', ' '),
                kind,
                window);
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
