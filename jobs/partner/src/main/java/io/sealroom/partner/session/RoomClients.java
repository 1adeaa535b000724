package io.sealroom.partner.session;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.KafkaCluster;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.TopicCheck;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Meets the room's Kafka for the first time. */
public final class RoomClients {

    private RoomClients() {}

    /**
     * Looks at the topics, and changes nothing.
     *
     * @throws AgentException if Kafka is away, or a topic is missing or of another shape
     */
    public static KafkaClients open(AgentConfig config, Membership member)
            throws AgentException, InterruptedException {
        String bootstrapServers = config.kafka().bootstrapServers();
        try {
            KafkaClients clients = new KafkaClients(bootstrapServers, config.kafka().settings());
            try (Admin admin = clients.admin()) {
                TopicCheck.require(admin, member.policy(), member.self());
            }
            return clients;
        } catch (KafkaException e) {
            throw AgentException.unavailable(
                    null, "Kafka at %s: %s", bootstrapServers, KafkaCluster.fault(e));
        }
    }
}
