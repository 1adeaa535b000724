package io.sealroom.streaming.attribute;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the credits of all attribution queries of a policy go. */
final class PolicyCredits {

    /** By position of the query; null for queries of another type. */
    private final List<@Nullable CreditRows> rows = new ArrayList<>();

    PolicyCredits(Policy policy) {
        for (int i = 0; i < policy.queries().size(); i++) {
            rows.add(
                    policy.queries().get(i) instanceof AttributionQuery query
                            ? new CreditRows(policy, i, query)
                            : null);
        }
    }

    /**
     * Credits one conversion in every query that admitted it.
     *
     * @param slots what its tokens answered, one at least; the same but for queries and touches
     */
    void credit(List<MatchedConversion> slots, Consumer<Contribution> out) {
        long queries = 0;
        for (MatchedConversion slot : slots) {
            queries |= slot.queries();
        }
        for (long left = queries; left != 0; left &= left - 1) {
            Objects.requireNonNull(
                            rows.get(Long.numberOfTrailingZeros(left)), "an attribution query")
                    .credit(slots, out);
        }
    }
}
