package io.sealroom.privacy.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OprfSeedFileTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final Path file;
    private final StoredSeed.Unbound fresh = StoredSeed.generate("publisher", RANDOM);
    private final StoredSeed.Bound bound =
            new StoredSeed.Bound("publisher", "spring", 731, SecretBytes.random(32, RANDOM));

    OprfSeedFileTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("oprf-publisher.json");
    }

    @Test
    void create_everyState_isReadBackAndOnlyOwnerMayRead() throws IOException {
        int number = 0;
        for (StoredSeed stored :
                List.of(fresh, bound, new StoredSeed.Erased("publisher", "spring"))) {
            Path each = directory.resolve("seed-" + number++);
            OprfSeedFile.create(each, stored);

            assertThat(OprfSeedFile.read(each)).isEqualTo(stored);
            assertThat(mode(each)).isEqualTo("rw-------");
        }
    }

    @Test
    void create_overExistingFile_isRefusedAndKeepsIt() throws IOException {
        OprfSeedFile.create(file, bound);

        assertThatThrownBy(() -> OprfSeedFile.create(file, fresh))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("never overwritten");
        assertThat(OprfSeedFile.read(file)).isEqualTo(bound);
    }

    @Test
    void replace_file_isTheNewOneAloneWithTheSameMode() throws IOException {
        OprfSeedFile.create(file, fresh);

        OprfSeedFile.replace(file, bound);

        assertThat(OprfSeedFile.read(file)).isEqualTo(bound);
        assertThat(mode(file)).isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** Whoever holds the old file open sees what the disk would give of it. */
    @Test
    void replace_oldBytes_areZeroWhereTheyLay() throws IOException {
        OprfSeedFile.create(file, fresh);
        String hex = Bytes.of(fresh.seed().openSecret()).toHex();
        try (FileChannel old = FileChannel.open(file, StandardOpenOption.READ)) {
            assertThat(text(old)).contains(hex);

            OprfSeedFile.replace(file, bound);

            assertThat(text(old)).matches("\0+");
        }
    }

    @Test
    void replace_afterACrashBeforeTheMove_leavesNothingOfThatRun() throws IOException {
        OprfSeedFile.create(file, fresh);
        Path left = directory.resolve("oprf-publisher.json.next");
        OprfSeedFile.create(left, fresh);

        OprfSeedFile.replace(file, bound);

        assertThat(left).doesNotExist();
        assertThat(OprfSeedFile.read(file)).isEqualTo(bound);
    }

    /** The machine stopped when the new content had the name, and the old one was not yet zero. */
    @Test
    void change_afterACrashAfterTheMove_overwritesWhatHadPassed() throws IOException {
        OprfSeedFile.create(file, bound);
        Path passed = directory.resolve("oprf-publisher.json.passed");
        OprfSeedFile.create(passed, fresh);
        try (FileChannel old = FileChannel.open(passed, StandardOpenOption.READ)) {
            OprfSeedFile.change(file, present -> present);

            assertThat(text(old)).matches("\0+");
        }
        assertThat(passed).doesNotExist();
        assertThat(OprfSeedFile.read(file)).isEqualTo(bound);
    }

    /** The machine stopped when the content had two names, and the new one none of them. */
    @Test
    void change_afterACrashBeforeTheMove_keepsTheContent() throws IOException {
        OprfSeedFile.create(file, bound);
        Path passed = directory.resolve("oprf-publisher.json.passed");
        Files.createLink(passed, file);

        OprfSeedFile.change(file, present -> present);

        assertThat(passed).doesNotExist();
        assertThat(OprfSeedFile.read(file)).isEqualTo(bound);
    }

    /** Else one puts back what the other has erased, or makes zeros of what it has just put. */
    @Test
    void change_byThreadsAtOnce_losesNoChange() throws Exception {
        OprfSeedFile.create(file, bound);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> steppers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            steppers.add(threads.submit(this::stepTenTimes));
        }
        for (Future<?> stepper : steppers) {
            stepper.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(OprfSeedFile.read(file))
                .isEqualTo(
                        new StoredSeed.Bound(
                                "publisher", "spring", bound.epoch() + 40, bound.seed()));
    }

    /** The agent at the end of an epoch, and somebody who erases by hand. */
    @Test
    void change_byProcessesAtOnce_losesNoChange() throws Exception {
        OprfSeedFile.create(file, bound);
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                SeedFileStepper.class.getName(),
                                file.toString(),
                                "30")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            // It says when it begins.
            assertThat(other.getInputStream().read()).isPositive();
            SeedFileStepper.step(file, 30);
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            other.destroy();
        }

        assertThat(OprfSeedFile.read(file))
                .isEqualTo(
                        new StoredSeed.Bound(
                                "publisher", "spring", bound.epoch() + 60, bound.seed()));
    }

    @Test
    void replace_directoryThatCannotBeWritten_keepsTheFile() throws IOException {
        OprfSeedFile.create(file, fresh);
        Path missing = directory.resolve("none").resolve("oprf-publisher.json");

        assertThatThrownBy(() -> OprfSeedFile.replace(missing, bound))
                .isInstanceOf(IOException.class);
        assertThat(OprfSeedFile.read(file)).isEqualTo(fresh);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\" : 1|\"version\" : 2|version must be 1",
                "\"oprf-seed\"|\"partner\"|role must be oprf-seed",
                "\"publisher\"|\"P\"|name must match",
                "\"spring\"|\"Spring\"|room must match",
                "\"spring\"|null|epoch must be null while room is",
                "731|-1|epoch must be an integer, not negative",
                "731|\"731\"|epoch must be an integer, not negative",
                "731|null|epoch must be an integer, not negative",
                "731|99999999999999999999|epoch must be an integer, not negative",
                "\"epoch\"|\"epochs\"|unknown fields [epochs]",
                "\"epoch\" : 731,||epoch must be an integer",
                "\"room\" : \"spring\",||room is missing",
                "0x|0y|seed must be 0x and 64 lower-case hex digits",
                "{|[|must be one JSON object",
            })
    void read_contentThatBreaksARule_isRefusedWithoutTheSeed(String from, String to, String rule)
            throws IOException {
        OprfSeedFile.create(file, bound);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to == null ? "" : to));

        assertThatThrownBy(() -> OprfSeedFile.read(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(rule)
                .hasNoCause()
                .message()
                .doesNotContain(Bytes.of(bound.seed().openSecret()).toHex().substring(2, 12));
    }

    @Test
    void read_fileOthersHaveAccessTo_isRefused() throws IOException {
        OprfSeedFile.create(file, bound);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> OprfSeedFile.read(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void read_fileTooLong_isRefused() throws IOException {
        OprfSeedFile.create(file, bound);
        Files.writeString(file, Files.readString(file) + " ".repeat(70_000));

        assertThatThrownBy(() -> OprfSeedFile.read(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("at most 65536 bytes");
    }

    @Test
    void toString_always_isRedacted() {
        assertThat(fresh.toString() + bound)
                .contains("redacted")
                .doesNotContain(Bytes.of(bound.seed().openSecret()).toHex().substring(2, 12));
    }

    private boolean stepTenTimes() throws IOException {
        SeedFileStepper.step(file, 10);
        return true;
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        channel.read(buffer, 0);
        return new String(buffer.array(), StandardCharsets.UTF_8);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
