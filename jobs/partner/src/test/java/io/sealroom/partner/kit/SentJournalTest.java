package io.sealroom.partner.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.seal.PartitionReplay.Unsealed;
import io.sealroom.schemas.hash.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentJournalTest {

    private static final int ENTRY = 40;

    private final Path directory;
    private final Path file;

    SentJournalTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("sent.journal");
    }

    @Test
    void open_nothingBefore_knowsNoRecord() throws IOException {
        assertThat(known(0, "a")).isFalse();
    }

    @Test
    void open_afterNotes_knowsTheRecordsOfTheirPartition() throws IOException {
        note(0, "a", "b");
        note(1, "c");

        assertThat(known(0, "a")).isTrue();
        assertThat(known(0, "b")).isTrue();
        assertThat(known(1, "c")).isTrue();
        assertThat(known(1, "a")).isFalse();
        assertThat(known(0, "d")).isFalse();
    }

    @Test
    void firstNotNoted_several_isTheOneOfTheLowestOffset() throws IOException {
        note(0, "b");

        try (SentJournal journal = SentJournal.open(directory)) {
            assertThat(journal.firstNotNoted(0, List.of(at(9, "c"), at(5, "a"), at(1, "b"))))
                    .contains(at(5, "a"));
        }
    }

    @Test
    void open_tornTailOfAnyLength_keepsWhatIsWholeAndGoesOn() throws IOException {
        note(0, "a", "b");
        byte[] whole = Files.readAllBytes(file);
        assertThat(whole).hasSize(2 * ENTRY);

        for (int torn = 1; torn < ENTRY; torn++) {
            Files.write(file, Arrays.copyOf(whole, ENTRY + torn));
            assertThat(known(0, "a")).isTrue();
            assertThat(known(0, "b")).isFalse();
            assertThat(file).hasSize(ENTRY);
        }
        note(0, "c");
        assertThat(known(0, "c")).isTrue();
    }

    @Test
    void open_changedByte_endsThere() throws IOException {
        note(0, "a", "b");
        byte[] whole = Files.readAllBytes(file);

        for (int i = ENTRY; i < 2 * ENTRY; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertThat(known(0, "a")).isTrue();
            assertThat(known(0, "b")).isFalse();
        }
    }

    @Test
    void clear_forgetsEverythingAtOnceAndForTheNext() throws IOException {
        note(0, "a");

        try (SentJournal journal = SentJournal.open(directory)) {
            journal.note(0, values("b"));
            journal.clear();
            assertThat(journal.firstNotNoted(0, List.of(at(0, "a")))).isPresent();
            journal.note(0, values("c"));
        }
        assertThat(known(0, "a")).isFalse();
        assertThat(known(0, "b")).isFalse();
        assertThat(known(0, "c")).isTrue();
        assertThat(file).hasSize(ENTRY);
    }

    @Test
    void open_whileAnEarlierProcessLives_isNotDisturbedByIt() throws IOException {
        try (SentJournal earlier = SentJournal.open(directory)) {
            earlier.note(0, values("a"));
            try (SentJournal later = SentJournal.open(directory)) {
                later.note(0, values("b"));
                earlier.note(0, values("x", "y"));
                later.note(0, values("c"));
                earlier.clear();
            }
        }

        for (String noted : List.of("a", "b", "c")) {
            assertThat(known(0, noted)).isTrue();
        }
        assertThat(known(0, "x")).isFalse();
    }

    @Test
    void open_crashedWhileItOpened_startsFromTheEarlierFile() throws IOException {
        note(0, "a");
        Files.write(directory.resolve("sent.journal.new"), new byte[3 * ENTRY]);

        assertThat(known(0, "a")).isTrue();
        assertThat(file).hasSize(ENTRY);
    }

    @Test
    void note_recordsAreHashedOnly() throws IOException {
        note(0, "a-token-in-clear");

        assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("token");
    }

    private void note(int partition, String... values) throws IOException {
        try (SentJournal journal = SentJournal.open(directory)) {
            journal.note(partition, values(values));
        }
    }

    private boolean known(int partition, String value) throws IOException {
        try (SentJournal journal = SentJournal.open(directory)) {
            return journal.firstNotNoted(partition, List.of(at(0, value))).isEmpty();
        }
    }

    private static Unsealed at(long offset, String value) {
        return new Unsealed(offset, Digests.sha256(value.getBytes(UTF_8)));
    }

    private static List<byte[]> values(String... values) {
        return Arrays.stream(values).map(value -> value.getBytes(UTF_8)).toList();
    }
}
