package io.sealroom.partner;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.KafkaCluster;
import io.sealroom.partner.exchange.EpochRule;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.session.OwnSeed;
import io.sealroom.partner.session.PartnerSession;
import io.sealroom.partner.session.StateDirectory;
import io.sealroom.partner.session.TokenCaches;
import io.sealroom.partner.tokenise.BaseFile;
import io.sealroom.partner.tokenise.BaseRejects;
import io.sealroom.partner.tokenise.BulkProgress;
import io.sealroom.partner.tokenise.BulkResult;
import io.sealroom.partner.tokenise.BulkTokeniser;
import io.sealroom.partner.tokens.DiskTokenCache;
import io.sealroom.partner.tokens.TokenMetrics;
import io.sealroom.privacy.oprf.SeedStore;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Fills a partner's token cache with the tokens of its base, and answers the others meanwhile. */
final class TokeniseRun {

    private final AgentConfig config;
    private final Base base;

    /**
     * What is tokenised.
     *
     * @param file of identifiers
     * @param rejects is begun anew
     * @param epoch null for that of the clock
     */
    record Base(Path file, Path rejects, @Nullable Long epoch) {}

    TokeniseRun(AgentConfig config, Base base) {
        this.config = config;
        this.base = base;
    }

    /**
     * Returns when every good line of the base has its token in the cache. May be killed and begun
     * again.
     *
     * @param waits gets a line when it waits for the key ceremony
     * @throws AgentException if it could not be finished
     */
    BulkResult run(Consumer<BulkProgress> progress, Consumer<String> waits) throws AgentException {
        Membership member =
                Membership.read(config.policy(), config.room(), config.keys(), config.partner());
        long epoch = epoch(member.policy());
        BaseFile file = new BaseFile(base.file(), member.policy());
        file.requireUsable();
        SeedStore seed = OwnSeed.open(config, member);
        InputChecks.requireNoOverwriting(base.rejects(), config, List.of(base.file()));
        PrometheusRegistry registry = new PrometheusRegistry();
        try (StateDirectory state =
                        StateDirectory.open(config.state(), member.policy().room(), member.name());
                BaseRejects rejects = BaseRejects.create(base.rejects());
                PartnerSession session =
                        PartnerSession.open(config, member, seed, state.path(), registry, waits);
                DiskTokenCache cache = TokenCaches.onDisk(session, new TokenMetrics(registry))) {
            return new BulkTokeniser(session.exchange().newRequester(), cache)
                    .tokenise(epoch, file, rejects, progress);
        } catch (InterruptedException e) {
            throw AgentException.unavailable(e, "stopped before the base was done");
        } catch (KafkaException e) {
            throw AgentException.unavailable(null, "Kafka fails: %s", KafkaCluster.fault(e));
        } catch (IOException e) {
            throw AgentException.badInput("rejects or token cache cannot be written: %s", e);
        }
    }

    private long epoch(Policy policy) throws AgentException {
        long epoch = base.epoch() == null ? policy.epochOf(config.clock().millis()) : base.epoch();
        if (!new EpochRule(policy, config.clock()).allows(epoch)) {
            throw AgentException.badInput(
                    "epoch %d is not evaluated now: the room's epochs are %d to %d, and a live room"
                            + " evaluates the present one, the next and those of the look-back",
                    epoch, policy.firstEpoch(), policy.lastEpoch());
        }
        return epoch;
    }
}
