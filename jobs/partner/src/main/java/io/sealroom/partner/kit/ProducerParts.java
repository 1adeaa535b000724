package io.sealroom.partner.kit;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.tokens.LiveTokenSource;
import io.sealroom.partner.topic.KafkaClients;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a producer works with; none of it is closed by the producer.
 *
 * @param member a partner that supplies events, in a room of mode live
 * @param clients of the room's Kafka; the partner's topic has been checked
 * @param state directory of this partner in this room; exists, outlives the process and is used by
 *     nobody else meanwhile
 * @param tokens asked by one thread
 * @param clock wall clock, which seals follow
 * @param metrics where the producer's metrics are registered, once
 */
public record ProducerParts(
        Membership member,
        KafkaClients clients,
        Path state,
        LiveTokenSource tokens,
        Clock clock,
        PrometheusRegistry metrics) {}
