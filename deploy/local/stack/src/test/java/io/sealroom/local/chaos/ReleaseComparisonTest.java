package io.sealroom.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.reference.QueryWindow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseComparisonTest {

    private static final QueryWindow REACH = new QueryWindow("reach", 0);
    private static final QueryWindow LATER = new QueryWindow("reach", 10_000);
    private static final QueryWindow SALES = new QueryWindow("sales", 0);

    private final Findings findings = new Findings();

    @Test
    void countWindows_everyWindowOnce_findsNothing() {
        count(SALES, LATER, REACH);
        assertThat(findings.areNone()).isTrue();
    }

    @Test
    void countWindows_windowMissing_isLost() {
        count(REACH, SALES);
        assertThat(findings.summary()).isEqualTo("lost 1, doubled 0, differing 0");
    }

    @Test
    void countWindows_windowTwice_isDoubled() {
        count(REACH, LATER, SALES, LATER);
        assertThat(findings.summary()).isEqualTo("lost 0, doubled 1, differing 0");
    }

    @Test
    void countWindows_oneTwiceAndAnotherMissing_hidesNeither() {
        count(REACH, SALES, SALES);
        assertThat(findings.summary()).isEqualTo("lost 1, doubled 1, differing 0");
    }

    private void count(QueryWindow... released) {
        ReleaseComparison.countWindows(Set.of(REACH, LATER, SALES), List.of(released), findings);
    }
}
