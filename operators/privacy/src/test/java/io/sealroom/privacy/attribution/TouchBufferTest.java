package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.LongBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TouchBufferTest {

    private static final AttributionRules RULES =
            new AttributionRules(new LookBack(10, 100), new LookBack(0, 200), true, 2);

    @Test
    void retain_burstOfViews_evictsNoClick() {
        TouchBuffer buffer = TouchBuffer.empty();
        Touch click = new Touch(0, 0, 0, 1, true);
        buffer.add(click);
        for (int i = 1; i <= 50; i++) {
            buffer.add(new Touch(i, 0, i, 2, false));
        }
        buffer.retain(100, List.of(RULES));
        assertThat(buffer.newestFirst())
                .containsExactly(
                        new Touch(50, 0, 50, 2, false), new Touch(49, 0, 49, 2, false), click);
    }

    @Test
    void retain_youngerThanMinAge_keptBesideTheOldEnough() {
        TouchBuffer buffer = TouchBuffer.empty();
        for (int time = 85; time < 100; time++) {
            buffer.add(new Touch(time, 0, 0, 0, false));
        }
        buffer.retain(100, List.of(RULES));
        assertThat(buffer.newestFirst())
                .extracting(Touch::time)
                .containsExactly(99L, 98L, 97L, 96L, 95L, 94L, 93L, 92L, 91L, 90L, 89L);
    }

    @Test
    void retain_beyondEveryLookBack_empty() {
        TouchBuffer buffer = TouchBuffer.empty();
        buffer.add(new Touch(0, 0, 0, 0, false));
        buffer.add(new Touch(0, 0, 0, 0, true));
        buffer.retain(100, List.of(RULES));
        assertThat(buffer.size()).isEqualTo(2);
        buffer.retain(101, List.of(RULES));
        assertThat(buffer.size()).isEqualTo(1);
        buffer.retain(201, List.of(RULES));
        assertThat(buffer.size()).isZero();
        assertThat(buffer.words()).isEqualTo(1);
    }

    @Test
    void retain_severalRules_keepsWhatAnyNeeds() {
        AttributionRules longer =
                new AttributionRules(new LookBack(0, 1000), new LookBack(0, 1), false, 1);
        TouchBuffer buffer = TouchBuffer.empty();
        buffer.add(new Touch(0, 0, 0, 0, false));
        buffer.retain(500, List.of(RULES, longer));
        assertThat(buffer.size()).isEqualTo(1);
        buffer.retain(500, List.of(RULES));
        assertThat(buffer.size()).isZero();
    }

    @Test
    void toString_content_notShown() {
        TouchBuffer buffer = TouchBuffer.empty();
        buffer.add(new Touch(12345, 0, 0, 0, false));
        assertThat(buffer).hasToString("TouchBuffer[1 touches]");
    }

    @Test
    void retain_atAnyMoments_neverChangesALaterResult() {
        for (long seed = 0; seed < 1500; seed++) {
            Random random = new Random(seed);
            List<AttributionRules> rules =
                    List.of(
                            AttributionFixture.randomRules(random),
                            AttributionFixture.randomRules(random));
            List<Touch> touches = AttributionFixture.randomTouches(random, 20);
            TouchBuffer buffer = TouchBuffer.empty();
            for (long now = 0; now < 2 * AttributionFixture.HORIZON; now++) {
                for (Touch touch : touches) {
                    // Arrives up to four before the watermark reaches it, in no order of time.
                    long arrival = Math.max(0, touch.time() - Math.floorMod(touch.idLow(), 5));
                    if (arrival == now) {
                        buffer.add(touch);
                    }
                }
                if (random.nextInt(4) == 0) {
                    buffer.retain(now, rules);
                    buffer = throughBytes(buffer);
                }
                for (AttributionRules rule : rules) {
                    Attribution attribution = new Attribution(rule, CreditModel.LAST_TOUCH);
                    assertThat(attribution.rank(now, buffer.newestFirst()))
                            .as("seed %s, now %s", seed, now)
                            .isEqualTo(attribution.rank(now, touches));
                }
            }
        }
    }

    @Test
    void add_anyOrder_newestFirst() {
        for (long seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            List<Touch> touches = AttributionFixture.randomTouches(random, 15);
            TouchBuffer buffer = TouchBuffer.empty();
            touches.forEach(buffer::add);
            touches.sort(Touch.NEWEST_FIRST);
            assertThat(buffer.newestFirst()).as("seed %s", seed).isEqualTo(touches);
            assertThat(throughBytes(buffer).newestFirst()).isEqualTo(touches);
        }
    }

    private static TouchBuffer throughBytes(TouchBuffer buffer) {
        LongBuffer words = LongBuffer.allocate(buffer.words());
        buffer.write(words);
        assertThat(words.hasRemaining()).isFalse();
        return TouchBuffer.read(words.flip());
    }
}
