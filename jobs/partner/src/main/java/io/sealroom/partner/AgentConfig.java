package io.sealroom.partner;

import io.sealroom.partner.exchange.RetryTimes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is started with.
 *
 * @param policy policy file
 * @param room room file
 * @param keys key file of the partner
 * @param kafka {@code bootstrap.servers}
 * @param kafkaSettings further client settings; may be empty
 * @param partner name in the policy
 * @param input file of events; null for a partner that only evaluates
 * @param rejects where rejected lines are written; null if there is no input
 * @param state directory that outlives the process
 * @param stay whether to keep evaluating after the own work is done
 * @param retryTimes when unanswered requests are repeated
 * @param clock wall clock: of live mode, and of evaluable epochs
 */
record AgentConfig(
        Path policy,
        Path room,
        Path keys,
        String kafka,
        Map<String, String> kafkaSettings,
        String partner,
        @Nullable Path input,
        @Nullable Path rejects,
        Path state,
        boolean stay,
        RetryTimes retryTimes,
        Clock clock) {}
