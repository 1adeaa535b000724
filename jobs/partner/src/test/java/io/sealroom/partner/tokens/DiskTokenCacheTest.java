package io.sealroom.partner.tokens;

import static io.sealroom.partner.tokens.TokenFixture.counted;
import static io.sealroom.partner.tokens.TokenFixture.email;
import static io.sealroom.partner.tokens.TokenFixture.emails;
import static io.sealroom.partner.tokens.TokenFixture.keys;
import static io.sealroom.partner.tokens.TokenFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.identifier.TokenCacheKey;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTokenCacheTest extends AbstractTokenCacheTest {

    /** Two frames and a bit. */
    private static final List<NormalisedIdentifier> PEOPLE = emails(0, 40);

    /** Of a room made anew under its old name. */
    private static final Bytes32 OTHER_KEYS = Digests.sha256(new byte[1]);

    DiskTokenCacheTest(@TempDir Path directory) {
        super(directory);
    }

    @Override
    TokenCache cache(CacheKeys keys) throws IOException {
        return open(keys);
    }

    private DiskTokenCache open(CacheKeys keys) throws IOException {
        return new DiskTokenCache(directory, keys, metrics);
    }

    @Test
    void find_afterRestart_isThere() throws IOException {
        for (int life = 0; life < 3; life++) {
            try (DiskTokenCache cache = open(keys())) {
                cache.store(3, tokens(3, emails(10 * life, 10 * life + 20)));
            }
        }

        try (DiskTokenCache cache = open(keys())) {
            assertThat(cache.findAll(3, PEOPLE)).isEqualTo(tokens(3, PEOPLE));
        }
    }

    @Test
    void store_whatIsThereAlready_writesNothing() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }
        long before = bytesOnDisk();

        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }

        assertThat(bytesOnDisk()).isEqualTo(before);
    }

    /** As on a disk that is full for hours: nothing may pile up, file or file handle. */
    @Test
    void store_writeFailsAgainAndAgain_leavesNoFilesBehindAndRecovers() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> cache.store(3, unwritable()))
                        .isInstanceOf(NullPointerException.class);
            }
            assertThat(segments()).isEmpty();

            cache.store(3, tokens(3, emails(0, 20)));
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> cache.store(3, unwritable()))
                        .isInstanceOf(NullPointerException.class);
            }
            assertThat(segments()).hasSize(1);
            assertThat(cache.findAll(3, PEOPLE)).hasSize(20);

            cache.store(3, tokens(3, PEOPLE));
            assertThat(cache.findAll(3, PEOPLE)).isEqualTo(tokens(3, PEOPLE));
        }
        try (DiskTokenCache cache = open(keys())) {
            assertThat(cache.findAll(3, PEOPLE)).isEqualTo(tokens(3, PEOPLE));
        }
    }

    /** Fails after the file is made, where a full disk would. */
    @SuppressWarnings("NullAway")
    private static Map<NormalisedIdentifier, Token> unwritable() {
        Map<NormalisedIdentifier, Token> tokens = new HashMap<>();
        tokens.put(email("nobody@example.org"), null);
        return tokens;
    }

    @Test
    void store_plantedIdentifierAndToken_areNowhereInTheFiles() throws IOException {
        String canary = "canary-in-the-coal-mine@example.org";
        NormalisedIdentifier planted = email(canary);
        CacheKey key = keys().of(3, planted);
        byte[] index =
                ByteBuffer.allocate(TokenCacheKey.INDEX_LENGTH)
                        .putLong(key.high())
                        .putLong(key.low())
                        .array();
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, List.of(planted)));
        }

        assertThat(bytesOnDisk()).isPositive();
        for (byte[] secret :
                List.of(
                        canary.getBytes(StandardCharsets.UTF_8),
                        "canary-in-the".getBytes(StandardCharsets.UTF_8),
                        index,
                        TokenFixture.token(3, planted).toBytes())) {
            assertThat(isOnDisk(secret)).isFalse();
        }
    }

    @Test
    void read_everyByteOfAFileFlipped_refusesThatFrameAndNoOther() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, emails(0, 20)));
        }
        Path file = segments().get(0);
        byte[] good = Files.readAllBytes(file);
        assertThat(good).hasSize(2 * Segment.FRAME_LENGTH);

        try (Segment segment = Segment.open(file, keys(), 3, () -> {});
                RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            for (int at = 0; at < good.length; at++) {
                disk.seek(at);
                disk.write(good[at] ^ 1 << at % 8);
                for (int frame = 0; frame < 2; frame++) {
                    assertThat(segment.read(frame).isEmpty())
                            .as("byte %d, frame %d", at, frame)
                            .isEqualTo(frame == at / Segment.FRAME_LENGTH);
                }
                disk.seek(at);
                disk.write(good[at]);
            }
        }
    }

    @Test
    void find_afterAByteWasFlipped_givesNoTokenOfThatFrameAndAllOfTheOthers() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }
        Path file = segments().get(0);
        byte[] good = Files.readAllBytes(file);

        for (int at : new int[] {0, 784, 785, 1000, 1570, good.length - 1}) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            try (DiskTokenCache cache = open(keys())) {
                Map<NormalisedIdentifier, Token> found = cache.findAll(3, PEOPLE);
                assertThat(found).as("byte %d", at).hasSize(at < 1570 ? 24 : 32);
                assertThat(tokens(3, PEOPLE)).as("byte %d", at).containsAllEntriesOf(found);
            }
        }
        assertThat(counted(registry, "token_cache_refused_frames")).isEqualTo(6);
    }

    @Test
    void store_afterAFrameWasRefused_writesItsTokensAgain() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }
        flipFirstByte(segments().get(0));

        try (DiskTokenCache cache = open(keys())) {
            assertThat(cache.findAll(3, PEOPLE)).hasSize(24);
            cache.store(3, tokens(3, PEOPLE));
            assertThat(cache.findAll(3, PEOPLE)).hasSize(40);
        }
        try (DiskTokenCache cache = open(keys())) {
            assertThat(cache.findAll(3, PEOPLE)).isEqualTo(tokens(3, PEOPLE));
        }
    }

    @Test
    void find_changedWhileOpen_givesNoWrongTokenAndIsRepaired() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
            flipFirstByte(segments().get(0));

            Map<NormalisedIdentifier, Token> found = cache.findAll(3, PEOPLE);
            assertThat(found).hasSize(24);
            assertThat(tokens(3, PEOPLE)).containsAllEntriesOf(found);
            assertThat(counted(registry, "token_cache_refused_frames")).isEqualTo(1);

            cache.store(3, tokens(3, PEOPLE));
            assertThat(cache.findAll(3, PEOPLE)).isEqualTo(tokens(3, PEOPLE));
        }
    }

    @Test
    void find_cutInTheLastFrame_keepsWholeFramesAndCuts() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }
        Path file = segments().get(0);
        byte[] good = Files.readAllBytes(file);

        for (int length = good.length - 1; length > 2 * Segment.FRAME_LENGTH; length -= 61) {
            Files.write(file, Arrays.copyOf(good, length));
            double before = counted(registry, "token_cache_torn_writes");
            try (DiskTokenCache cache = open(keys())) {
                Map<NormalisedIdentifier, Token> found = cache.findAll(3, PEOPLE);
                assertThat(found).hasSize(32);
                assertThat(tokens(3, PEOPLE)).containsAllEntriesOf(found);
            }
            assertThat(counted(registry, "token_cache_torn_writes")).isEqualTo(before + 1);
            assertThat(Files.size(file)).isEqualTo(2 * Segment.FRAME_LENGTH);
        }
    }

    @Test
    void find_tornInTheFirstFrame_isEmpty() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }
        Path file = segments().get(0);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5));

        try (DiskTokenCache cache = open(keys())) {
            assertThat(cache.findAll(3, PEOPLE)).isEmpty();
        }
    }

    @Test
    void find_framesSwapped_areRefused() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }
        Path file = segments().get(0);
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        int length = Segment.FRAME_LENGTH;
        System.arraycopy(good, 0, bad, length, length);
        System.arraycopy(good, length, bad, 0, length);
        Files.write(file, bad);

        try (DiskTokenCache cache = open(keys())) {
            assertThat(cache.findAll(3, PEOPLE)).hasSize(8);
        }
    }

    @Test
    void find_fileMovedToAnotherEpochOrRenamed_isRefused() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }
        Path file = segments().get(0);
        Files.createDirectory(directory.resolve("4"));
        Files.copy(file, directory.resolve("4").resolve(file.getFileName()));
        Files.move(file, file.resolveSibling(HexFormat.of().formatHex(new byte[16]) + ".tokens"));

        try (DiskTokenCache cache = open(keys())) {
            assertThat(cache.findAll(3, PEOPLE)).isEmpty();
            assertThat(cache.findAll(4, PEOPLE)).isEmpty();
        }
        assertThat(counted(registry, "token_cache_refused_frames")).isEqualTo(6);
    }

    @Test
    void find_otherEventKeyRoomPartnerOrOprfKeys_isRefused() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }
        SecretBytes zero = SecretBytes.copyOf(new byte[32]);
        byte[] other = new byte[32];
        other[0] = 1;

        for (CacheKeys keys :
                List.of(
                        TokenFixture.keys(SecretBytes.copyOf(other), "test-room", "publisher"),
                        TokenFixture.keys(zero, "other-room", "publisher"),
                        TokenFixture.keys(zero, "test-room", "advertiser"),
                        new CacheKeys(zero, "test-room", "publisher", epoch -> OTHER_KEYS))) {
            try (DiskTokenCache cache = open(keys)) {
                assertThat(cache.findAll(3, PEOPLE)).isEmpty();
            }
        }
        assertThat(counted(registry, "token_cache_refused_frames")).isEqualTo(12);
    }

    /** What an earlier process wrote is never written on: its nonces are used. */
    @Test
    void store_afterRestart_leavesOldFilesAsTheyAre() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, emails(0, 5)));
        }
        Path first = segments().get(0);
        byte[] before = Files.readAllBytes(first);

        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, emails(5, 10)));
        }

        assertThat(Files.readAllBytes(first)).isEqualTo(before);
        assertThat(segments()).hasSize(2);
    }

    @Test
    void find_byAnInterruptedThread_doesNotCloseTheFile() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }
        try (DiskTokenCache cache = open(keys())) {
            Thread.currentThread().interrupt();
            assertThat(cache.findAll(3, PEOPLE)).hasSize(40);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(cache.findAll(3, PEOPLE)).hasSize(40);
        }
    }

    @Test
    void forgetBefore_deletesTheFiles() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
            cache.store(4, tokens(4, PEOPLE));

            cache.forgetBefore(4);

            assertThat(directory.resolve("3")).doesNotExist();
            assertThat(directory.resolve("4")).exists();
            cache.forgetBefore(5);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void forgetBefore_epochOfAnEarlierLife_isDeletedToo() throws IOException {
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, PEOPLE));
        }

        try (DiskTokenCache cache = open(keys())) {
            cache.forgetBefore(4);
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void find_afterClose_findsAndOpensNothing() throws IOException {
        DiskTokenCache cache = open(keys());
        cache.store(3, tokens(3, PEOPLE));
        cache.close();
        long before = bytesOnDisk();

        cache.store(3, tokens(3, emails(40, 80)));

        assertThat(cache.findAll(3, PEOPLE)).isEmpty();
        assertThat(bytesOnDisk()).isEqualTo(before);
    }

    @Test
    void find_manyMoreThanTheIndexBeganWith_findsAll() throws IOException {
        List<NormalisedIdentifier> many = emails(0, 5000);
        try (DiskTokenCache cache = open(keys())) {
            cache.store(3, tokens(3, many));
            assertThat(cache.findAll(3, many)).isEqualTo(tokens(3, many));
        }
        try (DiskTokenCache cache = open(keys())) {
            assertThat(cache.findAll(3, many)).isEqualTo(tokens(3, many));
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private long bytesOnDisk() throws IOException {
        long bytes = 0;
        for (Path file : segments()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private boolean isOnDisk(byte[] wanted) throws IOException {
        for (Path file : segments()) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            String name = file.toString();
            String text = new String(wanted, StandardCharsets.ISO_8859_1);
            if (bytes.contains(text)
                    || name.contains(text)
                    || name.contains(HexFormat.of().formatHex(wanted))) {
                return true;
            }
        }
        return false;
    }

    private static void flipFirstByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[0] ^= 1;
        Files.write(file, bytes, StandardOpenOption.WRITE);
    }
}
