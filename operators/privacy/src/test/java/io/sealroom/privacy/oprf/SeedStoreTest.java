package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.privacy.secret.StoredSeed;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedStoreTest {

    private static final SecretBytes SEED = SecretBytes.copyOf(new byte[32]);

    private final Path file;
    private final Policy policy;
    private final long first;
    private final long last;

    SeedStoreTest(@TempDir Path directory) throws Exception {
        file = directory.resolve("oprf-publisher.json");
        policy = KeyCeremonyTest.example();
        first = policy.firstEpoch();
        last = policy.lastEpoch();
    }

    @BeforeEach
    void create() throws IOException {
        OprfSeedFile.create(file, new StoredSeed.Unbound("publisher", SEED));
    }

    private SeedStore open() throws IOException {
        return SeedStore.open(file, "publisher", policy);
    }

    @Test
    void open_freshFile_bindsNothing() throws IOException {
        SeedStore store = open();

        assertThat(store.keys().publicKeysByEpoch().firstKey()).isEqualTo(first);
        assertThat(OprfSeedFile.read(file)).isInstanceOf(StoredSeed.Unbound.class);
    }

    @Test
    void bind_freshFile_staysWithTheRoomAndItsFirstEpoch() throws IOException {
        SeedStore store = open();
        store.bind();
        store.bind();

        assertThat(OprfSeedFile.read(file))
                .isEqualTo(new StoredSeed.Bound("publisher", policy.room(), first, SEED));
        assertThat(open().keys().publicKeys()).isEqualTo(store.keys().publicKeys());
    }

    @Test
    void open_otherPartner_isRefused() {
        assertThatThrownBy(() -> SeedStore.open(file, "advertiser", policy))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("belongs to publisher, not to advertiser");
    }

    /** Erasing it for one room would erase it for the other. */
    @Test
    void open_otherRoom_isRefusedInUseAndErased() throws IOException {
        for (StoredSeed stored :
                List.of(
                        new StoredSeed.Bound("publisher", "other-room", first, SEED),
                        new StoredSeed.Erased("publisher", "other-room"))) {
            Files.delete(file);
            OprfSeedFile.create(file, stored);
            assertThatThrownBy(this::open)
                    .isInstanceOf(KeyFileException.class)
                    .hasMessageContaining("serves the room other-room, not " + policy.room())
                    .hasMessageContaining("sealroom keys seed");
        }
    }

    @Test
    void eraseBefore_nextEpoch_leavesTheSameLaterKeysAndNoEarlierSeed() throws IOException {
        SeedStore store = open();
        EpochKeys before = store.keys();

        store.eraseBefore(first + 1);

        EpochKeys left = open().keys();
        assertThat(left.share(first)).isEmpty();
        assertThat(left.publicKeys())
                .isEqualTo(before.publicKeys().subList(1, before.publicKeys().size()))
                .isEqualTo(store.keys().publicKeys());
        assertThat(Files.readString(file)).doesNotContain(Bytes.of(new byte[32]).toHex());
        assertThat(store.keys().share(first)).isEmpty();
    }

    @Test
    void eraseBefore_epochAlreadyPassed_doesNotTouchTheFile() throws IOException {
        open().eraseBefore(first + 1);
        Object inode = Files.getAttribute(file, "unix:ino");

        open().eraseBefore(first + 1);
        open().eraseBefore(first);

        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    }

    @Test
    void eraseBefore_afterTheLastEpoch_leavesNothing() throws IOException {
        SeedStore store = open();

        store.eraseBefore(last + 1);

        assertThat(OprfSeedFile.read(file))
                .isEqualTo(new StoredSeed.Erased("publisher", policy.room()));
        assertThat(open().keys().publicKeysByEpoch()).isEmpty();
        assertThat(store.keys().share(last)).isEmpty();
        store.eraseBefore(last + 2);
        store.bind();
        assertThat(OprfSeedFile.read(file)).isInstanceOf(StoredSeed.Erased.class);
    }

    /** A process that began before an erasure must not write back what it remembers. */
    @Test
    void eraseBefore_anotherProcessErasedMore_staysErased() throws IOException {
        SeedStore running = open();
        running.bind();
        SeedErasing.before(file, first + 2);

        running.eraseBefore(first + 1);

        assertThat(running.keys().publicKeysByEpoch().firstKey()).isEqualTo(first + 2);
        assertThat(OprfSeedFile.read(file))
                .isInstanceOfSatisfying(
                        StoredSeed.Bound.class,
                        bound -> assertThat(bound.epoch()).isEqualTo(first + 2));
    }

    /** Two rooms that both found it fresh: the second must not take it from the first. */
    @Test
    void bind_boundToAnotherRoomMeanwhile_isRefusedAndKeepsTheFile() throws IOException {
        SeedStore late = open();
        StoredSeed other = new StoredSeed.Bound("publisher", "other-room", first, SEED);
        OprfSeedFile.change(file, present -> other);

        assertThatThrownBy(late::bind)
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("serves the room other-room");
        assertThat(OprfSeedFile.read(file)).isEqualTo(other);
    }

    @Test
    void bind_erasedMeanwhile_doesNotBringItBack() throws IOException {
        SeedStore late = open();
        open().bind();
        SeedErasing.all(file);

        late.bind();

        assertThat(OprfSeedFile.read(file)).isInstanceOf(StoredSeed.Erased.class);
        assertThat(late.keys().publicKeysByEpoch()).isEmpty();
    }

    @Test
    void erasing_byHand_isThatOfTheStore() throws IOException {
        EpochKeys all = open().keys();
        open().bind();

        assertThat(SeedErasing.before(file, first)).isEqualTo(OprfSeedFile.read(file));
        SeedErasing.before(file, first + 1);
        assertThat(open().keys().publicKeys())
                .isEqualTo(all.publicKeys().subList(1, all.publicKeys().size()));
        SeedErasing.all(file);
        assertThat(open().keys().publicKeysByEpoch()).isEmpty();
        assertThat(SeedErasing.all(file)).isInstanceOf(StoredSeed.Erased.class);
    }

    /** The room's end is not known there; neither end may keep a loop busy or a share usable. */
    @Test
    void erasing_beyondTheRoomsEnd_leavesNoShare() throws IOException {
        open().bind();

        SeedErasing.before(file, last + 1);
        assertThat(open().keys().publicKeysByEpoch()).isEmpty();
        assertThat(SeedErasing.before(file, Long.MAX_VALUE)).isInstanceOf(StoredSeed.Erased.class);
    }

    @Test
    void erasing_unboundSeed_isRefused() {
        assertThatThrownBy(() -> SeedErasing.all(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("serves no room yet");
        assertThatThrownBy(() -> SeedErasing.before(file, 1)).hasMessageContaining("no room yet");
    }

    /** Made again later under the same id: the same shares, from its own first epoch on. */
    @Test
    void keys_boundBeforeTheRoomsFirstEpoch_beginAtTheFirst() throws IOException {
        Files.delete(file);
        OprfSeedFile.create(
                file, new StoredSeed.Bound("publisher", policy.room(), first - 2, SEED));

        assertThat(open().keys().publicKeysByEpoch().firstKey()).isEqualTo(first);
        assertThat(open().keysOfAllEpochs().publicKeys()).hasSize((int) (last - first + 1));
    }

    @Test
    void toString_always_isRedacted() throws IOException {
        assertThat(open()).hasToString("SeedStore[publisher, " + policy.room() + ", redacted]");
    }
}
