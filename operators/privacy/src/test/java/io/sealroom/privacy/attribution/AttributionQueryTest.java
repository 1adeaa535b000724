package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.policy.AttributionModel;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Loss;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttributionQueryTest {

    @Test
    void of_query_everyNumberInItsPlace() {
        AttributionQuery query = query(AttributionModel.LAST_TOUCH, 0);
        assertThat(Attribution.of(query))
                .isEqualTo(
                        new Attribution(
                                new AttributionRules(
                                        new LookBack(10, 100), new LookBack(5, 1000), true, 3),
                                CreditModel.LAST_TOUCH));
        assertThat(OwnTokenCap.of(query)).isEqualTo(new OwnTokenCap(2, 50_000));
    }

    @Test
    void of_everyModel_itsOwn() {
        assertThat(model(AttributionModel.FIRST_TOUCH, 0)).isSameAs(CreditModel.FIRST_TOUCH);
        assertThat(model(AttributionModel.LINEAR, 0)).isSameAs(CreditModel.LINEAR);
        assertThat(model(AttributionModel.POSITION, 0)).isSameAs(CreditModel.POSITION);
        assertThat(model(AttributionModel.TIME_DECAY, 7)).isEqualTo(new TimeDecay(7));
    }

    private static CreditModel model(AttributionModel model, long halfLifeMillis) {
        return Attribution.of(query(model, halfLifeMillis)).model();
    }

    private static AttributionQuery query(AttributionModel model, long halfLifeMillis) {
        return new AttributionQuery(
                "attribution",
                IdentifierKind.EMAIL,
                3_600_000,
                model,
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
                halfLifeMillis,
                Loss.epsilon("1"),
                null,
                null,
                null);
    }
}
