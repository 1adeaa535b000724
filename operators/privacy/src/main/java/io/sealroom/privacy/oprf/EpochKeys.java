package io.sealroom.privacy.oprf;

import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Lp;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One partner's key shares of a room (PROTOCOL.md section 6): {@code seed(e+1) =
 * HMAC-SHA256(seed(e), lp("sealroom/oprf-ratchet/v1", u64 e))}, share k(e) = DeriveKeyPair(seed(e),
 * lp("sealroom/oprf-key/v1", room, u64 e)).
 *
 * <p>The ratchet only goes forward: once {@link #eraseBefore} has passed an epoch, neither its
 * share nor anything evaluated with it can be had from what is kept. That holds for this process;
 * {@link SeedStore} does the same to the stored seed. Safe for use by several threads.
 */
public final class EpochKeys {

    private static final byte[] KEY_TAG = Lp.text("sealroom/oprf-key/v1");

    private final String room;
    private final long lastEpoch;
    private final NavigableMap<Long, KeyShare> shares = new TreeMap<>();
    private EpochSeed oldest;

    private EpochKeys(String room, EpochSeed oldest, long lastEpoch) {
        this.room = room;
        this.oldest = oldest;
        this.lastEpoch = lastEpoch;
    }

    /**
     * Takes the seed over: it is erased when the ratchet passes its epoch.
     *
     * @param room room id
     * @param oldest the initial seed at the room's first epoch, or where the ratchet was stored
     * @param lastEpoch the room's last epoch
     * @throws IllegalArgumentException if the room id breaks its rule or the last epoch is before
     *     the oldest
     */
    public static EpochKeys of(String room, EpochSeed oldest, long lastEpoch) {
        if (lastEpoch < oldest.epoch()) {
            throw new IllegalArgumentException(
                    String.format(
                            "lastEpoch must be at least %d, got %d", oldest.epoch(), lastEpoch));
        }
        return new EpochKeys(RoomNames.requireRoom(room), oldest, lastEpoch);
    }

    /**
     * Where the seed has been erased already: no share of any epoch.
     *
     * @param room room id
     * @param lastEpoch the room's last epoch
     */
    static EpochKeys erased(String room, long lastEpoch) {
        EpochKeys keys =
                of(
                        room,
                        new EpochSeed(lastEpoch, SecretBytes.copyOf(new byte[EpochSeed.LENGTH])),
                        lastEpoch);
        keys.eraseBefore(lastEpoch + 1);
        return keys;
    }

    /** The share of an epoch; nothing for one that is erased or after the room's last. */
    public synchronized Optional<KeyShare> share(long epoch) {
        if (oldest.seed().erased() || epoch < oldest.epoch() || epoch > lastEpoch) {
            return Optional.empty();
        }
        if (!shares.containsKey(epoch)) {
            EpochSeed seed = oldest.copy().ratchetedTo(epoch);
            shares.put(epoch, derive(seed));
            seed.seed().erase();
        }
        return Optional.of(shares.get(epoch));
    }

    /**
     * The public keys from the oldest epoch kept to the room's last, rising.
     *
     * @throws IllegalStateException if everything has been erased
     */
    public synchronized List<PublicKeyShare> publicKeys() {
        List<PublicKeyShare> keys = new ArrayList<>();
        EpochSeed seed = oldest.copy();
        for (long epoch = oldest.epoch(); epoch <= lastEpoch; epoch++) {
            seed = seed.ratchetedTo(epoch);
            KeyShare share = derive(seed);
            keys.add(share.publicKey());
            share.erase();
        }
        seed.seed().erase();
        return keys;
    }

    /** The public keys of the epochs that are kept; none if everything has been erased. */
    public synchronized SortedMap<Long, PublicKeyShare> publicKeysByEpoch() {
        SortedMap<Long, PublicKeyShare> byEpoch = new TreeMap<>();
        if (!oldest.seed().erased()) {
            for (PublicKeyShare key : publicKeys()) {
                byEpoch.put(oldest.epoch() + byEpoch.size(), key);
            }
        }
        return byEpoch;
    }

    /**
     * Erases every seed and share before an epoch, those handed out included. An epoch already
     * passed changes nothing; one after the room's last erases everything.
     */
    public synchronized void eraseBefore(long epoch) {
        NavigableMap<Long, KeyShare> passed = shares.headMap(epoch, false);
        passed.values().forEach(KeyShare::erase);
        passed.clear();
        if (epoch > lastEpoch) {
            oldest.seed().erase();
        } else if (!oldest.seed().erased()) {
            oldest = oldest.ratchetedTo(epoch);
        }
    }

    /** The oldest epoch whose share can be had, if any can. */
    synchronized long oldestEpoch() {
        return oldest.epoch();
    }

    /**
     * A copy of the ratchet's state, for the partner's own store; the caller erases it.
     *
     * @throws IllegalStateException if everything has been erased
     */
    public synchronized EpochSeed oldest() {
        return oldest.copy();
    }

    @Override
    public synchronized String toString() {
        return "EpochKeys[" + room + ", " + oldest.epoch() + " to " + lastEpoch + ", redacted]";
    }

    private KeyShare derive(EpochSeed seed) {
        byte[] info = Lp.of(KEY_TAG, Lp.text(room), Lp.u64(seed.epoch()));
        return KeyShare.derive(OprfSuite.VOPRF, seed.seed(), info);
    }
}
