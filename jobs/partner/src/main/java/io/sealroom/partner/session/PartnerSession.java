package io.sealroom.partner.session;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.ceremony.CeremonyMetrics;
import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.exchange.OprfExchange;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.OpenRoom;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.privacy.oprf.SeedStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * A partner whose room is open: it knows everybody's keys from the chain, and answers the other
 * partners from here on until it is closed.
 */
public final class PartnerSession implements AutoCloseable {

    private final AgentConfig config;
    private final Membership member;
    private final Path state;
    private final PrometheusRegistry registry;
    private final KafkaClients clients;
    private final OpenRoom room;
    private final OprfExchange exchange;

    private PartnerSession(
            AgentConfig config,
            Membership member,
            Path state,
            PrometheusRegistry registry,
            KafkaClients clients,
            OpenRoom room,
            OprfExchange exchange) {
        this.config = config;
        this.member = member;
        this.state = state;
        this.registry = registry;
        this.clients = clients;
        this.room = room;
        this.exchange = exchange;
    }

    /**
     * Waits until the key ceremony is complete, however long that takes: nothing is evaluated
     * before.
     *
     * @param seed of this partner and room
     * @param state directory of this partner in this room; locked by the caller
     * @param registry gets the metrics of ceremony and exchange
     * @param waits gets a line whenever it waits for something else than before
     * @throws AgentException if Kafka is away, or seed or room can never be used
     */
    public static PartnerSession open(
            AgentConfig config,
            Membership member,
            SeedStore seed,
            Path state,
            PrometheusRegistry registry,
            Consumer<String> waits)
            throws AgentException, InterruptedException {
        KafkaClients clients = RoomClients.open(config, member);
        OpenRoom room =
                OpenRoom.await(
                        member,
                        seed,
                        config.chain()
                                .connect(
                                        member.policy(),
                                        member.identity(),
                                        member.roomFile().deploymentBlock()),
                        config.clock(),
                        config.intervals(),
                        new CeremonyMetrics(registry),
                        waits);
        boolean opened = false;
        try {
            OprfExchange exchange =
                    OprfExchange.start(
                            member,
                            room.keys(),
                            clients,
                            state,
                            config.clock(),
                            config.retryTimes(),
                            registry);
            opened = true;
            return new PartnerSession(config, member, state, registry, clients, room, exchange);
        } finally {
            if (!opened) {
                room.close();
            }
        }
    }

    public AgentConfig config() {
        return config;
    }

    public Membership member() {
        return member;
    }

    /** Directory of this partner in this room. */
    public Path state() {
        return state;
    }

    public PrometheusRegistry registry() {
        return registry;
    }

    /** Of the room's Kafka. */
    public KafkaClients clients() {
        return clients;
    }

    /** Everybody's keys, as the ceremony gave them. */
    RoomKeys keys() {
        return room.keys();
    }

    /** Asks the other partners, and answers them. */
    public OprfExchange exchange() {
        return exchange;
    }

    public Clock clock() {
        return config.clock();
    }

    @Override
    public void close() {
        exchange.close();
        room.close();
    }
}
