package io.sealroom.partner.tokens;

import static io.sealroom.partner.tokens.TokenFixture.emails;
import static io.sealroom.partner.tokens.TokenFixture.keys;
import static io.sealroom.partner.tokens.TokenFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.exit.AgentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedTokensTest {

    private final TestingTokens source = new TestingTokens();
    private final TokenMetrics metrics = new TokenMetrics(new PrometheusRegistry());
    private final Path directory;

    CachedTokensTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void tokens_someCached_asksForTheOthersInGroups() throws Exception {
        TokenCache cache = disk();
        cache.store(3, tokens(3, emails(0, 10)));
        List<Integer> progress = new ArrayList<>();

        assertThat(new CachedTokens(cache, source, 8).tokens(3, emails(0, 30), progress::add))
                .isEqualTo(tokens(3, emails(0, 30)));

        assertThat(source.asked()).containsExactly(emails(10, 18), emails(18, 26), emails(26, 30));
        assertThat(progress).containsExactly(10, 14, 18, 22, 26, 28, 30);
    }

    @Test
    void tokens_killedAndStartedAgain_asksAgainForTheLastGroupOnly() throws Exception {
        source.failAfter(2);
        try (DiskTokenCache cache = disk()) {
            assertThatThrownBy(
                            () ->
                                    new CachedTokens(cache, source, 8)
                                            .tokens(3, emails(0, 30), count -> {}))
                    .isInstanceOf(AgentException.class);
        }

        TestingTokens again = new TestingTokens();
        try (DiskTokenCache cache = disk()) {
            assertThat(new CachedTokens(cache, again, 8).tokens(3, emails(0, 30), count -> {}))
                    .isEqualTo(tokens(3, emails(0, 30)));
        }
        assertThat(again.asked()).containsExactly(emails(16, 24), emails(24, 30));
    }

    @Test
    void tokens_allCached_asksNobody() throws Exception {
        TokenCache cache = disk();
        cache.store(3, tokens(3, emails(0, 10)));

        assertThat(new CachedTokens(cache, source).tokens(3, emails(0, 10), count -> {}))
                .hasSize(10);
        assertThat(source.asked()).isEmpty();
    }

    private DiskTokenCache disk() throws IOException {
        return new DiskTokenCache(directory, keys(), metrics);
    }
}
