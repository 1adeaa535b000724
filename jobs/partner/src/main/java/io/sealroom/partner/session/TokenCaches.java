package io.sealroom.partner.session;

import io.sealroom.partner.config.TokensConfig;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.tokens.CacheKeys;
import io.sealroom.partner.tokens.DiskTokenCache;
import io.sealroom.partner.tokens.LayeredTokenCache;
import io.sealroom.partner.tokens.MemoryTokenCache;
import io.sealroom.partner.tokens.TokenCache;
import io.sealroom.partner.tokens.TokenMetrics;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The token cache of one process: in memory, and on disk where the configuration says so. */
public final class TokenCaches implements AutoCloseable {

    private static final String DIRECTORY = "tokens";

    private final TokenCache cache;
    private final @Nullable DiskTokenCache disk;

    private TokenCaches(TokenCache cache, @Nullable DiskTokenCache disk) {
        this.cache = cache;
        this.disk = disk;
    }

    /**
     * What is on disk, in the same place for every process of the partner.
     *
     * @throws AgentException if it cannot be read
     */
    public static DiskTokenCache onDisk(PartnerSession session, TokenMetrics metrics)
            throws AgentException {
        try {
            return new DiskTokenCache(session.state().resolve(DIRECTORY), keys(session), metrics);
        } catch (IOException e) {
            throw AgentException.badInput("the token cache cannot be used: %s", e);
        }
    }

    /**
     * For events as they come: the tokens used most in memory, all of them on disk if wanted.
     *
     * @throws AgentException if what is on disk cannot be read
     */
    public static TokenCaches live(PartnerSession session, TokenMetrics metrics)
            throws AgentException {
        TokensConfig config = session.config().tokens();
        MemoryTokenCache memory =
                new MemoryTokenCache(keys(session), config.cacheEntries(), metrics);
        if (!config.cacheOnDisk()) {
            return new TokenCaches(memory, null);
        }
        DiskTokenCache disk = onDisk(session, metrics);
        return new TokenCaches(new LayeredTokenCache(memory, disk), disk);
    }

    private static CacheKeys keys(PartnerSession session) {
        Membership member = session.member();
        return new CacheKeys(
                member.keys().eventKey(),
                member.policy().room(),
                member.name(),
                epoch -> hash(session.keys(), epoch));
    }

    /** Of all partners' public keys of an epoch; that of none outside the room. */
    static Bytes32 hash(RoomKeys keys, long epoch) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        keys.publicKeys(epoch)
                .ifPresent(
                        all -> {
                            for (int i = 0; i < all.size(); i++) {
                                encoded.writeBytes(all.key(i).encoded().toBytes());
                            }
                        });
        return Digests.sha256(encoded.toByteArray());
    }

    public TokenCache cache() {
        return cache;
    }

    @Override
    public void close() {
        if (disk != null) {
            disk.close();
        }
    }
}
