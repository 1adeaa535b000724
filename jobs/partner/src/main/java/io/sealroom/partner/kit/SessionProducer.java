package io.sealroom.partner.kit;

import io.sealroom.partner.config.TokensConfig;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.session.PartnerSession;
import io.sealroom.partner.session.TokenCaches;
import io.sealroom.partner.tokens.Cadence;
import io.sealroom.partner.tokens.LiveTokens;
import io.sealroom.partner.tokens.TokenMetrics;
import io.sealroom.schemas.policy.Policy;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Puts a producer together with the tokens of a session. */
final class SessionProducer {

    private SessionProducer() {}

    static BlindedEventProducer start(PartnerSession session)
            throws AgentException, InterruptedException {
        // A policy of another mode is refused as such, before its cadence is looked at.
        LiveRules.of(session.member());
        TokenMetrics metrics = new TokenMetrics(session.registry());
        TokenCaches caches = TokenCaches.live(session, metrics);
        BlindedEventProducer producer = null;
        try {
            producer = start(session, caches, metrics);
            return producer;
        } finally {
            if (producer == null) {
                caches.close();
            }
        }
    }

    private static BlindedEventProducer start(
            PartnerSession session, TokenCaches caches, TokenMetrics metrics)
            throws AgentException, InterruptedException {
        Policy policy = session.member().policy();
        SealedUntil sealedUntil = new SealedUntil(policy::startMillis);
        LiveTokens tokens =
                new LiveTokens(
                        policy,
                        cadence(session.config().tokens(), policy),
                        LiveTokens.WAITING_MAX_DEFAULT,
                        session.exchange().newRequester(),
                        caches.cache(),
                        session.clock(),
                        sealedUntil,
                        metrics);
        BlindedEventProducer producer =
                BlindedEventProducer.start(
                        parts(session, tokens),
                        ProducerOptions.DEFAULT.withBuffer(session.config().producerBuffer()));
        sealedUntil.known = producer::sealedUntil;
        tokens.start();
        producer.closeAfter(caches::close);
        producer.closeAfter(tokens::close);
        CompletableFuture<Void> unused = session.exchange().failure().thenAccept(producer::fail);
        return producer;
    }

    private static ProducerParts parts(PartnerSession session, LiveTokens tokens) {
        return new ProducerParts(
                session.member(),
                session.clients(),
                session.state(),
                tokens,
                session.clock(),
                session.registry());
    }

    private static Cadence cadence(TokensConfig config, Policy policy) throws AgentException {
        return config.cadence().isPresent()
                ? Cadence.of(policy, config.cadence().get(), config.batch())
                : Cadence.byDefault(policy, config.batch());
    }

    /** The producer knows how far it has sealed, and is made after the tokens that ask it. */
    private static final class SealedUntil implements LongSupplier {

        private volatile LongSupplier known;

        SealedUntil(LongSupplier known) {
            this.known = known;
        }

        @Override
        public long getAsLong() {
            return known.getAsLong();
        }
    }
}
