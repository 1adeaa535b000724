package io.sealroom.partner.tokens;

import static io.sealroom.partner.tokens.TokenFixture.keys;
import static io.sealroom.partner.tokens.TokenFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayeredTokenCacheTest extends AbstractTokenCacheTest {

    LayeredTokenCacheTest(@TempDir Path directory) {
        super(directory);
    }

    @Override
    TokenCache cache(CacheKeys keys) throws IOException {
        return new LayeredTokenCache(
                new MemoryTokenCache(keys, 10, metrics),
                new DiskTokenCache(directory, keys, metrics));
    }

    @Test
    void find_onlyInTheSecond_movesToTheFirst() throws IOException {
        MemoryTokenCache near = new MemoryTokenCache(keys(), 10, metrics);
        DiskTokenCache far = new DiskTokenCache(directory, keys(), metrics);
        far.store(3, tokens(3, List.of(ANN)));

        assertThat(new LayeredTokenCache(near, far).find(3, ANN)).isPresent();

        assertThat(near.find(3, ANN)).contains(TokenFixture.token(3, ANN));
    }

    @Test
    void store_secondRefuses_isInTheFirst() {
        MemoryTokenCache near = new MemoryTokenCache(keys(), 10, metrics);
        TokenCache cache = new LayeredTokenCache(near, new FullDisk());

        assertThatThrownBy(() -> cache.store(3, tokens(3, List.of(ANN))))
                .isInstanceOf(IOException.class);

        assertThat(cache.find(3, ANN)).contains(TokenFixture.token(3, ANN));
    }

    private static final class FullDisk implements TokenCache {
        @Override
        public Map<NormalisedIdentifier, Token> findAll(
                long epoch, Collection<NormalisedIdentifier> identifiers) {
            return Map.of();
        }

        @Override
        public void store(long epoch, Map<NormalisedIdentifier, Token> tokens) throws IOException {
            throw new IOException("no space left");
        }

        @Override
        public void forgetBefore(long epoch) {}
    }
}
