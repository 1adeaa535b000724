package io.sealroom.partner.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventEncoderTest {

    private static final Token OF_EPOCH = new Token(1, 2, 3, 4);
    private static final Token OF_EPOCH_BEFORE = new Token(5, 6, 7, 8);

    private final Policy policy = TestRoom.live("test-room").policy();

    /** K = 1, an epoch an hour: the room has three. */
    private final Policy lookback = TestPolicies.withLookback(policy, 1, TestRoom.HOUR);

    @Test
    void encode_conversionWithoutLookback_carriesOneToken() {
        EventEncoder encoder = new EventEncoder(policy, 2);
        CheckedEvent event = conversion(policy, TestRoom.START + 5);

        assertThat(encoder.tokenEpochs(event)).containsExactly(policy.firstEpoch());
        BlindedEvent found = decoded(encoder.encode(event, List.of(OF_EPOCH)));
        assertThat(found.tokens()).containsExactly(OF_EPOCH);
        assertThat(found.eventId()).isEqualTo(event.eventId());
        assertThat(found.epoch()).isEqualTo(policy.firstEpoch());
        assertThat(found.eventTime()).isEqualTo(TestRoom.START + 5);
        assertThat(found.identifierKind()).isEqualTo(IdentifierKind.EMAIL);
        assertThat(found.cell()).isNull();
        assertThat(found.value()).isEqualTo(7);
    }

    @Test
    void encode_conversionWithLookback_carriesTheTokenOfTheEpochBeforeInSlotOne() {
        EventEncoder encoder = new EventEncoder(lookback, 2);
        CheckedEvent event = conversion(lookback, TestRoom.START + TestRoom.HOUR);

        assertThat(encoder.tokenEpochs(event))
                .containsExactly(lookback.firstEpoch() + 1, lookback.firstEpoch());
        assertThat(decoded(encoder.encode(event, List.of(OF_EPOCH, OF_EPOCH_BEFORE))).tokens())
                .containsExactly(OF_EPOCH, OF_EPOCH_BEFORE);
    }

    @Test
    void encode_conversionInTheFirstEpoch_hasZeroesInSlotOne() {
        EventEncoder encoder = new EventEncoder(lookback, 2);
        CheckedEvent event = conversion(lookback, TestRoom.START);

        assertThat(encoder.tokenEpochs(event)).containsExactly(lookback.firstEpoch());
        assertThat(decoded(encoder.encode(event, List.of(OF_EPOCH))).tokens())
                .containsExactly(OF_EPOCH, Token.NONE);
    }

    @Test
    void encode_exposureWithLookback_carriesOneToken() {
        EventEncoder encoder = new EventEncoder(lookback, 2);
        CheckedEvent event =
                checked(
                        lookback,
                        new RawEvent(
                                "e",
                                IdentifierKind.EMAIL,
                                "a@b",
                                TestRoom.END - 1,
                                EventKind.CLICK,
                                "news",
                                null));

        assertThat(encoder.tokenEpochs(event)).containsExactly(lookback.lastEpoch());
        assertThat(decoded(encoder.encode(event, List.of(OF_EPOCH))).tokens())
                .containsExactly(OF_EPOCH);
    }

    @Test
    void encode_tokenMissingOrTooMany_isRefused() {
        EventEncoder encoder = new EventEncoder(lookback, 2);
        CheckedEvent event = conversion(lookback, TestRoom.END - 1);

        assertThatThrownBy(() -> encoder.encode(event, List.of(OF_EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tokens must be 2, got 1");
        assertThatThrownBy(
                        () -> encoder.encode(event, List.of(OF_EPOCH, OF_EPOCH, OF_EPOCH_BEFORE)))
                .hasMessageContaining("tokens must be 2, got 3");
    }

    @Test
    void partition_ofAnId_isAlwaysTheSameAndOneOfTheOwn() {
        EventEncoder encoder = new EventEncoder(policy, 3);

        assertThat(encoder.partition(new EventId(-1, 0))).isBetween(0, 2);
        assertThat(encoder.partition(new EventId(7, 0))).isEqualTo(1);
        assertThat(encoder.partition(new EventId(7, 9))).isEqualTo(1);
    }

    private static CheckedEvent conversion(Policy policy, long time) {
        return checked(
                policy,
                new RawEvent(
                        "order",
                        IdentifierKind.EMAIL,
                        "ann@example.org",
                        time,
                        EventKind.CONVERSION,
                        null,
                        7L));
    }

    private static CheckedEvent checked(Policy policy, RawEvent raw) {
        EventIdKey key = new EventIdKey(SecretBytes.copyOf(new byte[32]));
        return ((EventOutcome.Accepted) new EventRules(policy, key).check(raw)).event();
    }

    private static BlindedEvent decoded(byte[] value) {
        return Codecs.BLINDED_EVENT.decode(value).toOptional().orElseThrow();
    }
}
