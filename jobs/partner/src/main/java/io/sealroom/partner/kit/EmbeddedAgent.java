package io.sealroom.partner.kit;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.metrics.MetricsEndpoint;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.session.OwnSeed;
import io.sealroom.partner.session.PartnerSession;
import io.sealroom.partner.session.StateDirectory;
import io.sealroom.privacy.oprf.SeedStore;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A partner's agent inside the program that has the events. */
final class EmbeddedAgent {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedAgent.class);

    private EmbeddedAgent() {}

    static BlindedEventProducer open(AgentConfig config)
            throws AgentException, InterruptedException {
        if (!(config.input() instanceof InputConfig.None)) {
            throw AgentException.badInput(
                    "%s: an embedded producer gets its events from the program: no input is to be"
                            + " configured",
                    config.partner());
        }
        Membership member =
                Membership.read(config.policy(), config.room(), config.keys(), config.partner());
        // A room of another mode is refused before anything of it is touched.
        LiveRules.of(member);
        SeedStore seed = OwnSeed.open(config, member);
        Deque<Runnable> opened = new ArrayDeque<>();
        BlindedEventProducer producer = null;
        try {
            StateDirectory state =
                    StateDirectory.open(config.state(), member.policy().room(), member.name());
            opened.push(state::close);
            PrometheusRegistry registry = new PrometheusRegistry();
            if (config.metricsPort() != null) {
                MetricsEndpoint endpoint = MetricsEndpoint.start(registry, config.metricsPort());
                opened.push(endpoint::close);
            }
            PartnerSession session =
                    PartnerSession.open(
                            config,
                            member,
                            seed,
                            state.path(),
                            registry,
                            line -> LOG.info("{}: {}", member.name(), line));
            opened.push(session::close);
            producer = BlindedEventProducer.start(session);
            while (!opened.isEmpty()) {
                // Closed after the producer's own parts, in the order that they lie here.
                producer.closeLast(opened.pop());
            }
            return producer;
        } finally {
            if (producer == null) {
                opened.forEach(Runnable::run);
            }
        }
    }
}
