package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.policy.AttributionModel;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Loss;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttributionQueryTest {

    private static final AttributionQuery QUERY =
            new AttributionQuery(
                    "attribution",
                    IdentifierKind.EMAIL,
                    3_600_000,
                    AttributionModel.LAST_TOUCH,
                    List.of("publisher"),
                    "advertiser",
                    1000,
                    100,
                    5,
                    10,
                    true,
                    3,
                    2,
                    50_000,
                    20,
                    0,
                    Loss.epsilon("1"),
                    null,
                    null,
                    null);

    @Test
    void of_query_everyNumberInItsPlace() {
        assertThat(Attribution.of(QUERY))
                .isEqualTo(
                        new Attribution(
                                new AttributionRules(
                                        new LookBack(10, 100), new LookBack(5, 1000), true, 3),
                                CreditModel.LAST_TOUCH));
        assertThat(OwnTokenCap.of(QUERY)).isEqualTo(new OwnTokenCap(2, 50_000));
    }
}
