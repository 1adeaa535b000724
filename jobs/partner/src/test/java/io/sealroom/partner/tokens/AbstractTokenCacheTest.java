package io.sealroom.partner.tokens;

import static io.sealroom.partner.tokens.TokenFixture.email;
import static io.sealroom.partner.tokens.TokenFixture.emails;
import static io.sealroom.partner.tokens.TokenFixture.keys;
import static io.sealroom.partner.tokens.TokenFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every token cache does. */
abstract class AbstractTokenCacheTest {

    static final NormalisedIdentifier ANN = email("ann@example.org");
    static final NormalisedIdentifier BOB = email("bob@example.org");

    final PrometheusRegistry registry = new PrometheusRegistry();
    final TokenMetrics metrics = new TokenMetrics(registry);
    final Path directory;

    AbstractTokenCacheTest(@TempDir Path directory) {
        this.directory = directory;
    }

    abstract TokenCache cache(CacheKeys keys) throws IOException;

    @Test
    void find_stored_isThere() throws IOException {
        TokenCache cache = cache(keys());

        cache.store(3, tokens(3, List.of(ANN)));

        assertThat(cache.find(3, ANN)).contains(TokenFixture.token(3, ANN));
        assertThat(cache.find(3, BOB)).isEmpty();
        assertThat(TokenFixture.counted(registry, "token_cache_hits")).isPositive();
        assertThat(TokenFixture.counted(registry, "token_cache_misses")).isPositive();
    }

    @Test
    void find_otherEpoch_isMissing() throws IOException {
        TokenCache cache = cache(keys());

        cache.store(3, tokens(3, List.of(ANN)));

        assertThat(cache.find(2, ANN)).isEmpty();
        assertThat(cache.find(4, ANN)).isEmpty();
    }

    @Test
    void findAll_someStored_givesThese() throws IOException {
        TokenCache cache = cache(keys());
        List<NormalisedIdentifier> stored = emails(0, 100);

        cache.store(3, tokens(3, stored.subList(0, 33)));
        cache.store(3, tokens(3, stored.subList(30, 100)));

        assertThat(cache.findAll(3, emails(0, 120))).isEqualTo(tokens(3, stored));
        assertThat(cache.findAll(3, List.of())).isEmpty();
    }

    @Test
    void store_nothing_isFine() throws IOException {
        TokenCache cache = cache(keys());

        cache.store(3, Map.of());

        assertThat(cache.find(3, ANN)).isEmpty();
    }

    @Test
    void forgetBefore_dropsEarlierEpochsForGood() throws IOException {
        TokenCache cache = cache(keys());
        for (long epoch = 2; epoch <= 4; epoch++) {
            cache.store(epoch, tokens(epoch, List.of(ANN)));
        }

        cache.forgetBefore(4);
        cache.store(2, tokens(2, List.of(BOB)));

        assertThat(cache.find(2, ANN)).isEmpty();
        assertThat(cache.find(2, BOB)).isEmpty();
        assertThat(cache.find(3, ANN)).isEmpty();
        assertThat(cache.find(4, ANN)).contains(TokenFixture.token(4, ANN));
    }

    @Test
    void forgetBefore_earlierThanBefore_changesNothing() throws IOException {
        TokenCache cache = cache(keys());
        cache.store(4, tokens(4, List.of(ANN)));
        cache.forgetBefore(4);

        cache.forgetBefore(2);

        assertThat(cache.find(4, ANN)).contains(TokenFixture.token(4, ANN));
    }
}
