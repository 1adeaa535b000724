package io.sealroom.privacy.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenWindowTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void seeCell_anyOrderAndRepetition_keepsTheSmallest(int cellsMax) {
        Random random = new Random(cellsMax);
        for (int round = 0; round < 200; round++) {
            List<Integer> seen = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                seen.add(random.nextInt(9));
            }
            Collections.shuffle(seen, random);
            OpenWindow window = new OpenWindow(5);
            seen.forEach(cell -> window.seeCell(cell, cellsMax, true));

            assertThat(window.cells())
                    .as("%s", seen)
                    .containsExactly(
                            new TreeSet<>(seen)
                                    .stream()
                                            .limit(cellsMax)
                                            .mapToInt(Integer::intValue)
                                            .toArray());
            assertThat(window.hasMoreCells())
                    .as("%s", seen)
                    .isEqualTo(new TreeSet<>(seen).size() > cellsMax);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 9, 10, 11})
    void write_anyNumberOfCells_readsBack(int cells) {
        OpenWindow window = new OpenWindow(-3_600_000);
        window.see(0);
        window.see(31);
        for (int cell = 0; cell < cells; cell++) {
            window.seeCell(Integer.MAX_VALUE - cell, 10, true);
        }
        LongBuffer words = LongBuffer.allocate(window.words());
        window.write(words);
        assertThat(words.hasRemaining()).isFalse();

        OpenWindow copy = OpenWindow.read(words.flip());

        assertThat(copy.start()).isEqualTo(window.start());
        assertThat(copy.partners()).isEqualTo(0x80000001);
        assertThat(copy.cells()).isEqualTo(window.cells()).hasSize(Math.min(cells, 10));
        assertThat(copy.hasMoreCells()).isEqualTo(cells > 10);
        assertThat(words.hasRemaining()).isFalse();
    }

    @Test
    void write_moreCellsThatAreNotNoted_asBeforeThereWasANote() {
        OpenWindow window = new OpenWindow(7);
        window.see(1);
        for (int cell : List.of(5, 4, 9)) {
            window.seeCell(cell, 2, false);
        }
        LongBuffer words = LongBuffer.allocate(window.words());
        window.write(words);
        assertThat(words.array()).containsExactly(7, 2L << 32 | 0b10, 5L << 32 | 4);
        assertThat(OpenWindow.read(words.flip()).hasMoreCells()).isFalse();
    }

    @Test
    void see_indexOutOfRange_refused() {
        OpenWindow window = new OpenWindow(0);
        assertThatThrownBy(() -> window.see(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.see(32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.seeCell(-1, 1, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_content_notShown() {
        OpenWindow window = new OpenWindow(0);
        window.see(3);
        window.seeCell(77, 1, true);
        assertThat(window).hasToString("OpenWindow[0]");
    }
}
