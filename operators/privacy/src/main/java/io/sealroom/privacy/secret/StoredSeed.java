package io.sealroom.privacy.secret;

import java.security.SecureRandom;

/** What is left of a partner's OPRF seed, as it is stored. A seed serves one room. */
public sealed interface StoredSeed {

    /** Bytes of a seed. */
    int LENGTH = SecretJson.SECRET_LENGTH;

    /** The partner whose seed it is. */
    String name();

    /**
     * Fresh, and not used in any room.
     *
     * @param name the partner
     * @param seed becomes seed(e) of the first epoch of the room that it is first used in
     */
    record Unbound(String name, SecretBytes seed) implements StoredSeed {}

    /**
     * In use.
     *
     * @param name the partner
     * @param room the room that it serves
     * @param epoch the oldest epoch whose share can be had
     * @param seed seed(epoch) of PROTOCOL.md section 6
     */
    record Bound(String name, String room, long epoch, SecretBytes seed) implements StoredSeed {}

    /**
     * Nothing is left: no share of any epoch can be had.
     *
     * @param name the partner
     * @param room the room that it served
     */
    record Erased(String name, String room) implements StoredSeed {}

    /**
     * A fresh seed.
     *
     * @throws IllegalArgumentException if the name is not one of PROTOCOL.md section 1
     */
    static Unbound generate(String name, SecureRandom random) {
        return new Unbound(SecretJson.requireName(name), SecretBytes.random(LENGTH, random));
    }
}
