package io.sealroom.cli.budget;

import io.sealroom.contracts.Word;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names of what the chain knows by id, as far as a policy gives them. */
public final class BudgetNames {

    private final Map<Word, String> names = new HashMap<>();

    BudgetNames(Optional<Policy> policy) {
        policy.ifPresent(this::add);
    }

    private void add(Policy policy) {
        for (Query query : policy.queries()) {
            names.put(RoomConfigurations.word(query.id()), query.name());
        }
        for (Partner partner : policy.suppliers()) {
            names.put(
                    RoomConfigurations.word(partner.datasetId()),
                    String.valueOf(partner.dataset()));
        }
    }

    /** The name, or the id in hex. */
    public String of(Word id) {
        return names.getOrDefault(id, id.toString());
    }
}
