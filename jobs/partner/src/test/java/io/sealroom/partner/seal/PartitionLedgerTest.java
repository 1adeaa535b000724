package io.sealroom.partner.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import org.junit.jupiter.api.Test;

class PartitionLedgerTest {

    private static final ChainHead GENESIS = ChainHead.genesis("test-room", "publisher", 1, 2);
    private static final Bytes32 A = Digests.sha256(new byte[] {1});
    private static final Bytes32 B = Digests.sha256(new byte[] {2});

    private final PartitionLedger ledger = new PartitionLedger(1, GENESIS);

    @Test
    void readBack_asAcknowledged_movesTheHeadOverRecordsOnly() {
        ledger.acknowledged(0, A);
        ledger.acknowledged(7, B);
        assertThat(ledger.head()).isEqualTo(GENESIS);
        assertThat(ledger.lastExpectedOffset()).isEqualTo(7);

        assertThat(ledger.readBack(0, A)).isEmpty();
        assertThat(ledger.readBack(7, B)).isEmpty();

        assertThat(ledger.atEnd()).isEmpty();
        assertThat(ledger.lastExpectedOffset()).isEqualTo(-1);
        assertThat(ledger.head()).isEqualTo(GENESIS.next(new byte[] {1}).next(new byte[] {2}));
    }

    @Test
    void readBack_recordNobodySent_isADifference() {
        assertThat(ledger.readBack(0, A))
                .contains(difference(0, LedgerDifference.Kind.UNEXPECTED_RECORD));
        ledger.acknowledged(5, A);
        assertThat(ledger.readBack(4, A))
                .contains(difference(4, LedgerDifference.Kind.UNEXPECTED_RECORD));
        assertThat(ledger.head()).isEqualTo(GENESIS);
    }

    @Test
    void readBack_otherValue_isADifference() {
        ledger.acknowledged(5, A);

        assertThat(ledger.readBack(5, B))
                .contains(difference(5, LedgerDifference.Kind.OTHER_VALUE));
    }

    @Test
    void readBack_laterOffsetThanAcknowledged_namesTheMissingOne() {
        ledger.acknowledged(5, A);
        ledger.acknowledged(6, A);

        assertThat(ledger.readBack(6, A))
                .contains(difference(5, LedgerDifference.Kind.MISSING_RECORD));
    }

    @Test
    void atEnd_acknowledgedButNotThere_isADifference() {
        ledger.acknowledged(5, A);

        assertThat(ledger.atEnd()).contains(difference(5, LedgerDifference.Kind.MISSING_RECORD));
    }

    @Test
    void acknowledged_offsetsThatDoNotRise_isAFault() {
        ledger.acknowledged(5, A);

        assertThatThrownBy(() -> ledger.acknowledged(5, A))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LedgerDifference difference(long offset, LedgerDifference.Kind kind) {
        return new LedgerDifference(1, offset, kind);
    }
}
