package io.sealroom.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectReasonTest {

    @ParameterizedTest
    @EnumSource
    void isOfSeal_anyReason_isWhatItsNameSays(RejectReason reason) {
        assertThat(reason.isOfSeal()).isEqualTo(reason.name().startsWith("SEAL_"));
    }

    @Test
    void holdsPartition_sealsOfSlicesThatAreSealedAlready_holdNothing() {
        assertThat(Arrays.stream(RejectReason.values()).filter(RejectReason::holdsPartition))
                .containsExactly(
                        RejectReason.SEAL_POLICY,
                        RejectReason.SEAL_PARTITION,
                        RejectReason.SEAL_SIGNATURE,
                        RejectReason.SEAL_ORDER,
                        RejectReason.SEAL_SLICE,
                        RejectReason.SEAL_COUNT,
                        RejectReason.SEAL_HEAD,
                        RejectReason.SEAL_WINDOWS);
    }
}
