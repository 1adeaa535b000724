package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.contracts.wrappers.Room;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.crypto.Hash;
import org.web3j.protocol.core.methods.response.Log;

/** What endpoints say, in the forms that they say it in. */
final class DecodingTest {

    private static final String QUORUM_MISSED =
            Hash.sha3String("QuorumMissed(uint256,uint256)").substring(0, 10)
                    + "0".repeat(63)
                    + "1"
                    + "0".repeat(63)
                    + "2";

    private final ErrorDecoder errors = new ErrorDecoder();

    @Test
    void decode_knownError_hasNameAndArguments() throws IOException {
        ContractError expected = new ContractError("QuorumMissed", List.of("1", "2"));
        assertThat(errors.decode(QUORUM_MISSED)).isEqualTo(expected);
        assertThat(errors.decode('"' + QUORUM_MISSED + '"')).isEqualTo(expected);
        assertThat(errors.decode("Reverted " + QUORUM_MISSED)).isEqualTo(expected);
        assertThat(expected).hasToString("QuorumMissed(1, 2)");
    }

    @Test
    void decode_errorsOfTheLedgerAndTheLanguage_areKnown() throws IOException {
        String ledgers = Hash.sha3String("NotRegistered(bytes32)").substring(0, 10);
        assertThat(errors.decode(ledgers + "ab".repeat(32)))
                .isEqualTo(new ContractError("NotRegistered", List.of("0x" + "ab".repeat(32))));
        String panic = Hash.sha3String("Panic(uint256)").substring(0, 10);
        assertThat(errors.decode(panic + "0".repeat(62) + "32"))
                .isEqualTo(new ContractError("Panic", List.of("50")));
    }

    @Test
    void decode_unknownOrCutError_isNoneOfTheContracts() {
        assertThatThrownBy(() -> errors.decode("0x12345678ab"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0x12345678ab");
        assertThatThrownBy(() -> errors.decode(QUORUM_MISSED.substring(0, 20)))
                .isInstanceOf(IOException.class);
    }

    /** One event beyond a long would otherwise hide, for ever, all that come after it. */
    @Test
    void decode_timesBeyondALong_isNoEvent() {
        assertThat(EventDecoder.decode(equivocationFrom("0".repeat(16)))).isPresent();
        assertThat(EventDecoder.decode(equivocationFrom("f".repeat(16)))).isEmpty();
    }

    private static Log equivocationFrom(String start) {
        Log log = new Log();
        log.setTopics(
                List.of(
                        EventDecoder.topic(Room.TOTALSEQUIVOCATION_EVENT),
                        "0x" + "ab".repeat(32),
                        "0x" + "0".repeat(48) + start));
        log.setData("0x" + "0".repeat(63) + "1" + "01".repeat(32) + "02".repeat(32));
        log.setBlockNumber("0x1");
        log.setBlockHash("0x" + "cd".repeat(32));
        log.setTransactionHash("0x" + "ef".repeat(32));
        log.setLogIndex("0x0");
        return log;
    }

    @Test
    void amount_beyondALong_isTheLargest() {
        assertThat(EventDecoder.amount(BigInteger.TWO.pow(64).subtract(BigInteger.ONE)))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(EventDecoder.amount(BigInteger.valueOf(Long.MAX_VALUE)))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(EventDecoder.amount(BigInteger.TEN)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"null", "0x", "0x1234", "execution reverted", "''"})
    void isRevert_noData_isNot(String data) {
        assertThat(ErrorDecoder.isRevert(3, "execution reverted", data)).isFalse();
        assertThatThrownBy(() -> errors.decode(data)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "3, execution reverted, '', true",
        "3, execution reverted: custom error, '', true",
        "-32000, execution reverted, '', true",
        "-32000, Execution reverted, '', true",
        "-32015, VM execution error., Reverted , true",
        "-32000, upstream timed out, '', false",
        "-32005, limit exceeded, request , false",
    })
    void isRevert_byWhatTheEndpointSays(int code, String message, String before, boolean is) {
        assertThat(ErrorDecoder.isRevert(code, message, before + QUORUM_MISSED)).isEqualTo(is);
    }

    @ParameterizedTest
    @CsvSource({
        "nonce too low, NONCE",
        "Nonce too high, NONCE",
        "replacement transaction underpriced, UNDERPRICED",
        "max fee per gas less than block base fee, UNDERPRICED",
        "transaction underpriced: gas tip cap 1, UNDERPRICED",
        "FeeTooLow: fee too low, UNDERPRICED",
        "Insufficient funds for gas * price + value, FUNDS",
        "exceeds block gas limit, NOT_SENT",
    })
    void cause_ofARefusedSend_isTold(String message, RetryCause cause) {
        assertThat(TransactionSender.cause(message)).isEqualTo(cause);
    }

    @Test
    void decode_eventOfAnotherContract_isNothing() {
        Log log = new Log();
        log.setTopics(List.of(RoomDigests.id("Transfer(address,address,uint256)").toString()));
        assertThat(EventDecoder.decode(log)).isEmpty();
        assertThat(LedgerDecoder.decode(log)).isEmpty();
        log.setTopics(List.of());
        assertThat(EventDecoder.decode(log)).isEmpty();
        assertThat(LedgerDecoder.decode(log)).isEmpty();
    }
}
