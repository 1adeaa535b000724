package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exchange.QuotaState.Decision;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.ReplyStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaLedgerTest {

    private static final Bytes32 REQUEST = Digests.id("one request");

    private static final Policy POLICY = ExchangeRoom.file(2, 100).policy();

    private final long begin = POLICY.startMillis();
    private final Path directory;

    QuotaLedgerTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void charge_upToTheQuota_thenNothingMore() throws IOException {
        QuotaLedger ledger = open(begin);

        assertThat(ledger.charge(1, REQUEST, 60)).isEqualTo(ReplyStatus.OK);
        assertThat(ledger.charge(2, REQUEST, 40)).isEqualTo(ReplyStatus.OK);
        assertThat(ledger.remaining()).isZero();
        assertThat(ledger.charge(3, REQUEST, 1)).isEqualTo(ReplyStatus.QUOTA_EXCEEDED);
        assertThat(ledger.used()).isEqualTo(100);
    }

    @Test
    void charge_beyondTheQuota_refusesTheWholeBatchAndChargesNothing() throws IOException {
        QuotaLedger ledger = open(begin);
        ledger.charge(1, REQUEST, 60);

        assertThat(ledger.charge(2, REQUEST, 41)).isEqualTo(ReplyStatus.QUOTA_EXCEEDED);
        assertThat(ledger.used()).isEqualTo(60);
        assertThat(ledger.charge(3, REQUEST, 40)).isEqualTo(ReplyStatus.OK);
    }

    @Test
    void open_again_knowsChargesAndDecisions() throws IOException {
        QuotaLedger ledger = open(begin);
        ledger.charge(1, REQUEST, 60);
        ledger.charge(2, REQUEST, 50);
        ledger.refuse(3, REQUEST, ReplyStatus.NOT_READY);

        QuotaLedger again = open(begin);

        assertThat(again.used()).isEqualTo(60);
        assertThat(again.find(1)).contains(new Decision(REQUEST, ReplyStatus.OK));
        assertThat(again.find(2)).contains(new Decision(REQUEST, ReplyStatus.QUOTA_EXCEEDED));
        assertThat(again.find(3)).contains(new Decision(REQUEST, ReplyStatus.NOT_READY));
        assertThat(again.isNew(3)).isFalse();
        assertThat(again.isNew(4)).isTrue();
    }

    @Test
    void charge_nextWallClockEpoch_beginsAnew() throws IOException {
        open(begin).charge(1, REQUEST, 100);

        QuotaLedger next = open(begin + POLICY.epochMillis());

        assertThat(next.used()).isZero();
        assertThat(next.charge(2, REQUEST, 100)).isEqualTo(ReplyStatus.OK);
        assertThat(next.isNew(2)).isFalse();
    }

    @Test
    void charge_clockSetBack_doesNotGiveTheQuotaAnew() throws IOException {
        open(begin + POLICY.epochMillis()).charge(1, REQUEST, 100);

        QuotaLedger back = open(begin);

        assertThat(back.used()).isEqualTo(100);
        assertThat(back.charge(2, REQUEST, 1)).isEqualTo(ReplyStatus.QUOTA_EXCEEDED);
    }

    @Test
    void find_beyondTheBound_isForgottenButNotNew() throws IOException {
        QuotaLedger ledger = open(begin);
        for (long id = 1; id <= QuotaState.REMEMBERED_MAX + 1; id++) {
            ledger.charge(id, REQUEST, 1);
        }

        assertThat(ledger.find(1)).isEmpty();
        assertThat(ledger.find(2)).isPresent();
        assertThat(ledger.isNew(1)).isFalse();
        assertThat(open(begin).find(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "{}",
                "{\"epoch\":1,\"used\":0,\"highest\":5,\"decisions\":[]}",
                "{\"epoch\":1,\"used\":-5,\"highest\":-1,\"decisions\":[]}",
                "{\"epoch\":1,\"used\":\"0\",\"highest\":-1,\"decisions\":[]}",
                "{\"epoch\":1,\"used\":0,\"highest\":-1}"
            })
    void open_fileThatIsNoLedger_isRefusedAndNotZero(String content) throws IOException {
        Files.writeString(directory.resolve("quota-bank-1.json"), content);

        assertThatThrownBy(() -> open(begin))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("quota-bank-1.json cannot be read");
    }

    @Test
    void charge_fileCannotBeWritten_changesNothing() throws IOException {
        QuotaLedger ledger = open(begin);
        Files.createDirectories(directory.resolve("quota-bank-1.json").resolve("inside"));

        assertThatThrownBy(() -> ledger.charge(1, REQUEST, 60)).isInstanceOf(IOException.class);

        assertThat(ledger.used()).isZero();
        assertThat(ledger.find(1)).isEmpty();
    }

    private QuotaLedger open(long millis) throws IOException {
        return QuotaLedger.open(
                directory,
                "bank-1",
                POLICY,
                Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
    }
}
