package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void decode_knownError_hasNameAndArguments() {
        ContractError expected = new ContractError("QuorumMissed", List.of("1", "2"));
        assertThat(errors.decode(QUORUM_MISSED)).isEqualTo(expected);
        assertThat(errors.decode('"' + QUORUM_MISSED + '"')).isEqualTo(expected);
        assertThat(errors.decode("Reverted " + QUORUM_MISSED)).isEqualTo(expected);
        assertThat(expected).hasToString("QuorumMissed(1, 2)");
    }

    @Test
    void decode_unknownError_keepsTheBytes() {
        assertThat(errors.decode("0x12345678ab"))
                .isEqualTo(new ContractError("Unknown", List.of("0x12345678ab")));
    }

    @ParameterizedTest
    @CsvSource({"null", "0x", "0x1234", "execution reverted", "''"})
    void isRevert_noData_isNot(String data) {
        assertThat(ErrorDecoder.isRevert(data)).isFalse();
        assertThatThrownBy(() -> errors.decode(data)).isInstanceOf(IllegalArgumentException.class);
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
        log.setTopics(List.of());
        assertThat(EventDecoder.decode(log)).isEmpty();
    }
}
