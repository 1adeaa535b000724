package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuorumOfferSerializerTest {

    private final QuorumOfferSerializer serializer = new QuorumOfferSerializer();
    private final QuorumOffer offer = TestRoom.offer(TestRoom.release(1), TestRoom.releaseToo(1));

    @Test
    void offer_comesBack() throws Exception {
        QuorumOffer back = serializer.deserialize(2, serializer.serialize(offer));
        assertThat(back.window()).isEqualTo(offer.window());
        assertThat(back).usingRecursiveComparison().isEqualTo(offer);
    }

    @Test
    void stateOfOneNodeAlone_refusedWithAdvice() {
        assertThatThrownBy(() -> serializer.deserialize(1, TestRoom.encoded(TestRoom.release(1))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 1")
                .hasMessageContaining("without state")
                .hasMessageContaining("once more to the node's releases and withheld topics");
    }

    @Test
    void anyTruncation_refused() {
        byte[] bytes = serializer.serialize(offer);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.deserialize(2, cut))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void trailingBytes_refused() {
        byte[] bytes = serializer.serialize(offer);
        assertThatThrownBy(() -> serializer.deserialize(2, Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IOException.class);
    }
}
