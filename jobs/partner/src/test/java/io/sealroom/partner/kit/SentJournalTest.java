package io.sealroom.partner.kit;

import static io.sealroom.partner.seal.LedgerDifference.Kind.MISSING_RECORD;
import static io.sealroom.partner.seal.LedgerDifference.Kind.UNEXPECTED_RECORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.seal.LedgerDifference;
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
    void differences_several_riseInOffsets() throws IOException {
        note(0, "b");

        assertThat(differences(0, held(-1, at(9, "c"), at(5, "a"), at(1, "b"))))
                .containsExactly(
                        new LedgerDifference(0, 5, UNEXPECTED_RECORD),
                        new LedgerDifference(0, 9, UNEXPECTED_RECORD));
    }

    @Test
    void differences_acknowledgedAndGone_isMissingWithItsOffset() throws IOException {
        note(0, "a", "b", "c");
        acknowledge(0, List.of(4L, 5L), "a", "b");

        assertThat(differences(0, held(3, at(4, "a"), at(5, "b")))).isEmpty();
        // Nobody was told that c is there.
        assertThat(differences(0, held(3, at(4, "a"))))
                .containsExactly(new LedgerDifference(0, 5, MISSING_RECORD));
        assertThat(differences(1, held(3))).isEmpty();
    }

    @Test
    void differences_acknowledgedAndSealed_areNone() throws IOException {
        note(0, "a");
        acknowledge(0, List.of(4L), "a");

        assertThat(differences(0, held(6))).isEmpty();
    }

    @Test
    void forget_partition_keepsTheOthersEntriesOfBothKinds() throws IOException {
        note(0, "a");
        acknowledge(0, List.of(1L), "a");
        note(1, "b");
        acknowledge(1, List.of(2L), "b");

        NotedRecords.forget(directory, partition -> partition == 0);

        assertThat(known(0, "a")).isFalse();
        assertThat(differences(0, held(-1))).isEmpty();
        assertThat(known(1, "b")).isTrue();
        assertThat(differences(1, held(-1)))
                .containsExactly(new LedgerDifference(1, 2, MISSING_RECORD));
    }

    @Test
    void forget_noJournal_makesNone() throws IOException {
        NotedRecords.forget(directory, partition -> true);

        assertThat(file).doesNotExist();
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
    void clear_forgetsEverythingForTheNext() throws IOException {
        note(0, "a");

        try (SentJournal journal = SentJournal.open(directory)) {
            journal.note(0, values("b"));
            journal.clear();
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

    private void acknowledge(int partition, List<Long> offsets, String... values)
            throws IOException {
        try (SentJournal journal = SentJournal.open(directory)) {
            journal.acknowledged(partition, values(values), offsets);
        }
    }

    private boolean known(int partition, String value) throws IOException {
        return differences(partition, held(Long.MAX_VALUE, at(0, value))).isEmpty();
    }

    private List<LedgerDifference> differences(int partition, NotedRecords.Held held)
            throws IOException {
        try (SentJournal journal = SentJournal.open(directory)) {
            return journal.found().differences(partition, held);
        }
    }

    private static NotedRecords.Held held(long lastSealOffset, Unsealed... records) {
        return new NotedRecords.Held(lastSealOffset, List.of(records));
    }

    private static Unsealed at(long offset, String value) {
        return new Unsealed(offset, Digests.sha256(value.getBytes(UTF_8)));
    }

    private static List<byte[]> values(String... values) {
        return Arrays.stream(values).map(value -> value.getBytes(UTF_8)).toList();
    }
}
