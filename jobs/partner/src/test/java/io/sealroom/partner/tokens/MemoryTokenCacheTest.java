package io.sealroom.partner.tokens;

import static io.sealroom.partner.tokens.TokenFixture.counted;
import static io.sealroom.partner.tokens.TokenFixture.emails;
import static io.sealroom.partner.tokens.TokenFixture.keys;
import static io.sealroom.partner.tokens.TokenFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTokenCacheTest extends AbstractTokenCacheTest {

    MemoryTokenCacheTest(@TempDir Path directory) {
        super(directory);
    }

    @Override
    TokenCache cache(CacheKeys keys) {
        return new MemoryTokenCache(keys, 1000, metrics);
    }

    @Test
    void store_moreThanEntriesMax_evictsAndCounts() {
        MemoryTokenCache cache = new MemoryTokenCache(keys(), 100, metrics);

        cache.store(3, tokens(3, emails(0, 250)));
        cache.store(4, tokens(4, emails(0, 100)));

        assertThat(cache.size()).isEqualTo(200);
        assertThat(cache.findAll(3, emails(0, 250))).hasSize(100);
        assertThat(counted(registry, "token_cache_evictions")).isEqualTo(150);
    }

    @Test
    void forgetBefore_allEpochs_leavesNothing() {
        MemoryTokenCache cache = new MemoryTokenCache(keys(), 100, metrics);
        cache.store(3, tokens(3, emails(0, 10)));

        cache.forgetBefore(4);

        assertThat(cache.size()).isZero();
    }

    @Test
    void create_noEntries_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryTokenCache(keys(), 0, metrics))
                .withMessageContaining("entriesMax");
    }
}
