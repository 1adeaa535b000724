package io.sealroom.partner.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.record.EventId;
import org.junit.jupiter.api.Test;

class SentEventsTest {

    private final SentEvents events = new SentEvents(100);

    @Test
    void contains_notSealed_isRememberedHoweverLong() {
        events.sent(id(1));

        assertThat(events.contains(id(1))).isTrue();
        assertThat(events.contains(id(2))).isFalse();
    }

    @Test
    void sealed_withinMemory_isRemembered() {
        events.sent(id(1));
        events.sealed(1000);
        events.sent(id(2));
        events.sealed(1099);

        assertThat(events.remembered()).containsExactlyInAnyOrder(id(1), id(2));
    }

    @Test
    void sealed_beyondMemory_isForgottenToTheLast() {
        events.sent(id(1));
        events.sealed(1000);
        events.sent(id(2));
        events.sealed(1100);

        assertThat(events.contains(id(1))).isFalse();
        assertThat(events.contains(id(2))).isTrue();
        events.sealed(1200);
        assertThat(events.remembered()).isEmpty();
    }

    @Test
    void sealed_twiceWithTheSameEnd_keepsBoth() {
        events.sent(id(1));
        events.sealed(1000);
        events.sent(id(2));
        events.sealed(1000);

        assertThat(events.remembered()).hasSize(2);
    }

    @Test
    void sealed_memoryWithoutEnd_forgetsNothing() {
        SentEvents all = new SentEvents(Long.MAX_VALUE);
        all.sent(id(1));
        all.sealed(1);
        all.sealed(Long.MAX_VALUE);

        assertThat(all.contains(id(1))).isTrue();
    }

    private static EventId id(long low) {
        return new EventId(0, low);
    }
}
