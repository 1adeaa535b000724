package io.sealroom.privacy.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedBackupTest {

    private static final SecretBytes PHRASE = phrase("correct horse battery");

    private static final StoredSeed.Bound SEED =
            new StoredSeed.Bound(
                    "publisher", "spring", 731, SecretBytes.random(32, new SecureRandom()));

    /** Of SEED; made once, since making one is slow on purpose. */
    private static String made;

    private final Path directory;
    private final Path backup;

    SeedBackupTest(@TempDir Path directory) {
        this.directory = directory;
        this.backup = directory.resolve("backup.json");
    }

    @BeforeAll
    static void make(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("made.json");
        SeedBackup.create(file, SEED, PHRASE);
        made = Files.readString(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void open_samePassphrase_isTheSeedAndShowsNothingOfItBefore() throws IOException {
        Files.writeString(backup, made);

        assertThat(SeedBackup.open(backup, PHRASE)).isEqualTo(SEED);
        assertThat(Files.readString(backup))
                .doesNotContain(Bytes.of(SEED.seed().openSecret()).toHex().substring(2, 12));
    }

    @Test
    void open_unboundSeed_isUnbound() throws IOException {
        StoredSeed.Unbound fresh = StoredSeed.generate("publisher", new SecureRandom());
        SeedBackup.create(backup, fresh, PHRASE);

        assertThat(SeedBackup.open(backup, PHRASE)).isEqualTo(fresh);
    }

    /** A salt or nonce used twice would let two backups be compared, or opened together. */
    @Test
    void create_sameSeedAgain_differs() throws IOException {
        SeedBackup.create(backup, SEED, PHRASE);

        String[] first = made.split("\"", -1);
        String[] second = Files.readString(backup).split("\"", -1);
        for (String field : new String[] {"salt", "nonce", "sealed"}) {
            assertThat(value(first, field)).isNotEqualTo(value(second, field));
        }
    }

    private static String value(String[] parts, String field) {
        return parts[Arrays.asList(parts).indexOf(field) + 2];
    }

    @Test
    void create_overExistingFile_isRefused() throws IOException {
        Files.writeString(backup, made);

        assertThatThrownBy(() -> SeedBackup.create(backup, SEED, PHRASE))
                .hasMessageContaining("never overwritten");
    }

    @Test
    void create_erasedSeed_isRefused() {
        StoredSeed erased = new StoredSeed.Erased("publisher", "spring");

        assertThatThrownBy(() -> SeedBackup.create(backup, erased, PHRASE))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("the seed has been erased");
        assertThat(backup).doesNotExist();
    }

    @Test
    void open_otherPassphrase_isRefused() throws IOException {
        Files.writeString(backup, made);

        assertThatThrownBy(() -> SeedBackup.open(backup, phrase("correct horse battery ")))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("the passphrase is another, or the file was changed")
                .hasNoCause();
    }

    /**
     * Who could change the header would restore a seed as another room's, or as newer than it is.
     */
    @ParameterizedTest
    @CsvSource({"publisher,advertiser", "spring,autumn", "731,732"})
    void open_headerChanged_isRefused(String from, String to) throws IOException {
        Files.writeString(backup, made);
        Files.writeString(backup, Files.readString(backup).replace(from, to));

        assertThatThrownBy(() -> SeedBackup.open(backup, PHRASE))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("the file was changed");
    }

    @Test
    void open_boundTurnedUnbound_isRefused() throws IOException {
        Files.writeString(backup, made);
        Files.writeString(
                backup,
                Files.readString(backup).replace("\"spring\"", "null").replace("731", "null"));

        assertThatThrownBy(() -> SeedBackup.open(backup, PHRASE))
                .hasMessageContaining("the file was changed");
    }

    @ParameterizedTest
    @CsvSource({"salt", "nonce", "sealed"})
    void open_digitChanged_isRefused(String field) throws IOException {
        Files.writeString(backup, made);
        String text = Files.readString(backup);
        int at = text.indexOf("0x", text.indexOf("\"" + field + "\"")) + 2;
        char digit = text.charAt(at) == '0' ? '1' : '0';
        Files.writeString(backup, text.substring(0, at) + digit + text.substring(at + 1));

        assertThatThrownBy(() -> SeedBackup.open(backup, PHRASE))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("the file was changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "}||must be one JSON object",
                "\"version\" : 1|\"version\" : 2|version must be 1",
                "oprf-seed-backup|oprf-seed|role must be oprf-seed-backup",
                "\"spring\"|null|room must match",
                "0x|0x00|salt must be 0x and 32 lower-case hex digits",
            })
    void open_formBroken_isRefused(String from, String to, String rule) throws IOException {
        Files.writeString(backup, made);
        Files.writeString(backup, Files.readString(backup).replace(from, to == null ? "" : to));

        assertThatThrownBy(() -> SeedBackup.open(backup, PHRASE))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void open_noSuchFileOrTooLong_isRefused() throws IOException {
        assertThatThrownBy(() -> SeedBackup.open(backup, PHRASE))
                .hasMessageContaining("does not exist");
        Files.writeString(backup, " ".repeat(70_000));
        assertThatThrownBy(() -> SeedBackup.open(backup, PHRASE))
                .hasMessageContaining("at most 65536 bytes");
    }

    @Test
    void passphrase_file_isItsBytesWithoutTheLineEnd() throws IOException {
        Path file = passphraseFile("correct horse battery\r\n", "rw-------");

        assertThat(Passphrase.read(file)).isEqualTo(PHRASE);
    }

    @Test
    void passphrase_tooShortOrReadableByOthers_isRefused() throws IOException {
        assertThatThrownBy(() -> Passphrase.read(passphraseFile("elevenbytes\n", "rw-------")))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("at least 12 bytes");
        assertThatThrownBy(() -> Passphrase.read(passphraseFile("twelve bytes", "rw-r--r--")))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("chmod 600");
    }

    private Path passphraseFile(String text, String mode) throws IOException {
        Path file = Files.writeString(directory.resolve("passphrase"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static SecretBytes phrase(String text) {
        return SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
