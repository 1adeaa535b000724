package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.LongBuffer;
import java.time.Duration;
import java.util.ArrayList;
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
        buffer.addAll(List.of(click));
        for (int i = 1; i <= 50; i++) {
            buffer.addAll(List.of(new Touch(i, 0, i, 2, false)));
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
            buffer.addAll(List.of(new Touch(time, 0, 0, 0, false)));
        }
        buffer.retain(100, List.of(RULES));
        assertThat(buffer.newestFirst())
                .extracting(Touch::time)
                .containsExactly(99L, 98L, 97L, 96L, 95L, 94L, 93L, 92L, 91L, 90L, 89L);
    }

    @Test
    void retain_beyondEveryLookBack_empty() {
        TouchBuffer buffer = TouchBuffer.empty();
        buffer.addAll(List.of(new Touch(0, 0, 0, 0, false)));
        buffer.addAll(List.of(new Touch(0, 0, 0, 0, true)));
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
        buffer.addAll(List.of(new Touch(0, 0, 0, 0, false)));
        buffer.retain(500, List.of(RULES, longer));
        assertThat(buffer.size()).isEqualTo(1);
        buffer.retain(500, List.of(RULES));
        assertThat(buffer.size()).isZero();
    }

    @Test
    void toString_content_notShown() {
        TouchBuffer buffer = TouchBuffer.empty();
        buffer.addAll(List.of(new Touch(12345, 0, 0, 0, false)));
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
                        buffer.addAll(List.of(touch));
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
            int half = random.nextInt(touches.size() + 1);
            TouchBuffer buffer = TouchBuffer.empty();
            buffer.addAll(touches.subList(0, half));
            buffer.addAll(touches.subList(half, touches.size()));
            touches.sort(Touch.NEWEST_FIRST);
            assertThat(buffer.newestFirst()).as("seed %s", seed).isEqualTo(touches);
            assertThat(throughBytes(buffer).newestFirst()).isEqualTo(touches);
        }
    }

    @Test
    void addAll_aFloodOfOneSlice_costsOnePass() {
        List<Touch> slice = new ArrayList<>();
        for (int i = 0; i < TouchBuffer.TOUCHES_MAX; i++) {
            // Oldest first: the worst order for a buffer that is newest first.
            slice.add(new Touch(i, 0, i, 0, false));
        }
        // One by one the hundred would move some seven terabytes.
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    for (int i = 0; i < 100; i++) {
                        assertThat(TouchBuffer.empty().addAll(slice)).isZero();
                    }
                });
    }

    @Test
    void addAll_moreThanAnEpochTakes_theFirstWhateverIsKept() {
        TouchBuffer buffer = TouchBuffer.empty();
        List<AttributionRules> ripeLate =
                List.of(new AttributionRules(new LookBack(90, 100), new LookBack(0, 1), true, 2));
        int left = 0;
        for (int slice = 0; slice < 7; slice++) {
            List<Touch> touches = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                touches.add(new Touch(slice, 0, i, 0, false));
            }
            left += buffer.addAll(touches);
            buffer = throughBytes(buffer);
        }
        assertThat(left).isEqualTo(70_000 - TouchBuffer.TOUCHES_MAX);
        assertThat(buffer.size()).isEqualTo(TouchBuffer.TOUCHES_MAX);
        assertThat(buffer.newestFirst().get(0)).isEqualTo(new Touch(6, 0, 5_535, 0, false));
        buffer.retain(200, ripeLate);
        assertThat(buffer.size()).isZero();
        // What was dropped has been taken all the same.
        assertThat(throughBytes(buffer).addAll(List.of(new Touch(201, 0, 0, 0, false)))).isOne();
    }

    private static TouchBuffer throughBytes(TouchBuffer buffer) {
        LongBuffer words = LongBuffer.allocate(buffer.words());
        buffer.write(words);
        assertThat(words.hasRemaining()).isFalse();
        return TouchBuffer.read(words.flip());
    }
}
