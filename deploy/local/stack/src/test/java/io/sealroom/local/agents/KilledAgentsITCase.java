package io.sealroom.local.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.local.parts.Await;
import io.sealroom.local.stack.AgentProcess;
import io.sealroom.local.stack.LocalRoom;
import io.sealroom.local.stack.LocalStack;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two partners and a third that only evaluates, as processes over one Kafka and one chain. Ten
 * times one of them is killed, at moments that a seed decides, and started again: the tokens are
 * those of the joint key, every event stands once, and nobody is charged twice for a request.
 *
 * <p>Another seed: {@code -Dsealroom.seed=N}.
 */
@Timeout(300)
class KilledAgentsITCase {

    private static final int KILLS = 10;
    private static final int EVENTS = 3_000;
    private static final int PERSONS = 900;
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private final long seed = Long.getLong("sealroom.seed", 20260105);
    private final Map<String, AgentProcess> agents = new HashMap<>();
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    @Test
    void agents_killedTenTimes_sendTheSameTokensOnceAndAreChargedOnce(@TempDir Path run)
            throws Exception {
        Path keys = run.resolve("keys");
        Policy policy = PolicyFile.read(ThreePartners.write(run, keys));
        Map<String, Path> inputs = new HashMap<>();
        for (String supplier : ThreePartners.SUPPLIERS) {
            inputs.put(
                    supplier,
                    ThreePartners.events(run, supplier, EVENTS, PERSONS, supplier.length()));
        }
        try (LocalStack stack = LocalStack.start(run)) {
            LocalRoom room = stack.open(run.resolve("policy.yaml"), policy, keys);
            ExpectedEvents expected = ExpectedEvents.of(room, inputs);
            try (RoomRecords records = new RoomRecords(stack.kafka(), policy)) {
                for (String partner : ThreePartners.PARTNERS) {
                    start(stack, room, partner, inputs.get(partner), run.resolve(partner));
                }
                kill(stack, room, inputs, run, records);
                Await.until("both files sealed", DEADLINE, () -> requireRunning(run) && isDone());

                for (Partner supplier : policy.suppliers()) {
                    Map<EventId, Token> sent = SealedTopic.read(room, supplier, records);
                    assertThat(sent).as("seed %d", seed).isEqualTo(expected.of(supplier.name()));
                }
                for (String evaluator : ThreePartners.PARTNERS) {
                    assertThat(charged(run, policy, evaluator))
                            .as("charged by %s, seed %d", evaluator, seed)
                            .isEqualTo(asked(records, evaluator));
                }
            }
        }
    }

    /** Each time after so many further records; few while tokens are asked for, then more. */
    private void kill(
            LocalStack stack,
            LocalRoom room,
            Map<String, Path> inputs,
            Path run,
            RoomRecords records)
            throws Exception {
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            long until =
                    records.written() + 1 + random.nextInt(kill < KILLS / 2 ? 2 : EVENTS / KILLS);
            String victim =
                    ThreePartners.PARTNERS.get(random.nextInt(ThreePartners.PARTNERS.size()));
            Await.until(
                    "record " + until + " before kill " + kill + ", seed " + seed,
                    DEADLINE,
                    () -> requireRunning(run) && records.written() >= until);
            assertThat(isDone()).as("kill %d comes too late, seed %d", kill, seed).isFalse();
            AgentProcess killed = agents.get(victim);
            killed.handle().destroyForcibly();
            killed.handle().onExit().join();
            done.remove(victim);
            start(stack, room, victim, inputs.get(victim), run.resolve(victim));
        }
    }

    private void start(LocalStack stack, LocalRoom room, String partner, Path input, Path directory)
            throws IOException {
        agents.put(
                partner,
                stack.add(
                        input == null
                                ? AgentProcess.evaluator(
                                        room, stack.kafka(), partner, directory, line -> {})
                                : AgentProcess.start(
                                        room,
                                        stack.kafka(),
                                        partner,
                                        input,
                                        directory,
                                        line -> heard(partner, line))));
    }

    private void heard(String partner, String line) {
        if (line.startsWith(partner + ": done: ")) {
            done.add(partner);
        }
    }

    private boolean isDone() {
        return done.containsAll(ThreePartners.SUPPLIERS);
    }

    private boolean requireRunning(Path run) {
        agents.forEach(
                (partner, agent) ->
                        assertThat(agent.exitCode())
                                .as(
                                        "the agent of %s, whose log is %s",
                                        partner, run.resolve(partner).resolve("agent.log"))
                                .isEqualTo(-1));
        return true;
    }

    /** Elements of all distinct requests on an evaluator's topic, by requester. */
    private static Map<String, Long> asked(RoomRecords records, String evaluator) {
        Map<String, EvaluationRequest> distinct = new HashMap<>();
        for (byte[] record : records.requestsOf(evaluator)) {
            EvaluationRequest request =
                    Codecs.EVALUATION_REQUEST.decode(record).toOptional().orElseThrow();
            EvaluationRequest before =
                    distinct.put(request.requester() + "/" + request.requestId(), request);
            assertThat(before).isIn(null, request);
        }
        Map<String, Long> elements = new HashMap<>();
        distinct.values()
                .forEach(
                        request ->
                                elements.merge(
                                        request.requester(),
                                        (long) request.elements().size(),
                                        Long::sum));
        return elements;
    }

    /** What an evaluator's ledgers say, by requester. */
    private static Map<String, Long> charged(Path run, Policy policy, String evaluator)
            throws IOException {
        Map<String, Long> used = new HashMap<>();
        for (String requester : ThreePartners.SUPPLIERS) {
            Path ledger =
                    run.resolve(evaluator)
                            .resolve("state")
                            .resolve(policy.room())
                            .resolve(evaluator)
                            .resolve("quota-" + requester + ".json");
            if (Files.exists(ledger)) {
                used.put(
                        requester,
                        new ObjectMapper().readTree(ledger.toFile()).required("used").longValue());
            }
        }
        return used;
    }
}
