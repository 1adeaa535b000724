package io.sealroom.partner.tokens;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Identifiers, tokens that follow from them, and what a registry has counted. */
public final class TokenFixture {

    private static final IdentifierNormaliser NORMALISER = IdentifierNormaliser.forRegion("US");

    private TokenFixture() {}

    public static NormalisedIdentifier email(String text) {
        return ((NormalisationOutcome.Normalised) NORMALISER.normalise(IdentifierKind.EMAIL, text))
                .identifier();
    }

    /** {@code user<i>@example.org} for i in [from, to). */
    public static List<NormalisedIdentifier> emails(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> email("user" + i + "@example.org")).toList();
    }

    /** What all fake sources answer. */
    public static Token token(long epoch, NormalisedIdentifier identifier) {
        return Token.of(Digests.sha256(Lp.of(Lp.u64(epoch), identifier.openUtf8())).toBytes());
    }

    public static Map<NormalisedIdentifier, Token> tokens(
            long epoch, Collection<NormalisedIdentifier> identifiers) {
        Map<NormalisedIdentifier, Token> tokens = new HashMap<>();
        identifiers.forEach(identifier -> tokens.put(identifier, token(epoch, identifier)));
        return tokens;
    }

    public static CacheKeys keys() {
        return keys(SecretBytes.copyOf(new byte[32]), "test-room", "publisher");
    }

    static CacheKeys keys(SecretBytes eventKey, String room, String partner) {
        return new CacheKeys(
                eventKey, room, partner, epoch -> Digests.sha256(Lp.of(Lp.u64(epoch))));
    }

    /**
     * Sum over all labels.
     *
     * @param name without {@code sealroom_agent_} and {@code _total}
     */
    public static double counted(PrometheusRegistry registry, String name) {
        for (MetricSnapshot snapshot : registry.scrape()) {
            if (snapshot.getMetadata().getName().equals("sealroom_agent_" + name)) {
                if (snapshot instanceof CounterSnapshot counter) {
                    return counter.getDataPoints().stream()
                            .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                            .sum();
                }
                return ((GaugeSnapshot) snapshot)
                        .getDataPoints().stream()
                                .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
                                .sum();
            }
        }
        throw new AssertionError("no metric " + name);
    }
}
