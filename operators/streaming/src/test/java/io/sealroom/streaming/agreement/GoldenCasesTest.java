package io.sealroom.streaming.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.reference.cases.GoldenCase;
import io.sealroom.streaming.history.Environments;
import io.sealroom.streaming.history.ReferenceTotals;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operators give what was worked out by hand. */
class GoldenCasesTest {

    private static final Environments ENVIRONMENTS = new Environments();

    @AfterAll
    static void close() {
        ENVIRONMENTS.close();
    }

    /** In an order of arrival of its own for each case; SmallHistoriesTest has all orders. */
    @ParameterizedTest
    @MethodSource("io.sealroom.reference.cases.GoldenCases#all")
    void totals_goldenCaseOutOfOrder_asWorkedOutByHand(GoldenCase golden) throws Exception {
        Random random = new Random(golden.name().hashCode());
        assertThat(OperatorTotals.of(golden.policy(), golden.history(), random, ENVIRONMENTS))
                .as("%s: %s", golden.name(), golden.why())
                .isEqualTo(ReferenceTotals.notZero(golden.policy(), golden.totals()));
    }
}
