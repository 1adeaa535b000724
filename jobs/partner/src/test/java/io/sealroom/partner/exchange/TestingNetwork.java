package io.sealroom.partner.exchange;

import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The topics between all agents of a room: what is sent is answered and delivered at once, unless
 * the evaluator is down, and replies pass through the hands of the test.
 */
final class TestingNetwork {

    static final RetryTimes QUICK = new RetryTimes(Duration.ofMillis(150), Duration.ofMillis(300));

    private final ExchangeRoom room;
    private final Path states;
    private final Clock clock;
    private final Executor workers;
    private final Map<String, TestingAgent> agents = new ConcurrentHashMap<>();
    private final Set<String> down = ConcurrentHashMap.newKeySet();
    private final List<EvaluationRequest> sent = Collections.synchronizedList(new ArrayList<>());
    private volatile Hands hands = reply -> List.of(reply);

    /** What a topic holds in place of an evaluator's reply. */
    interface Hands {
        List<EvaluationReply> replies(EvaluationReply reply);
    }

    TestingNetwork(ExchangeRoom room, Path states, Clock clock, Executor workers)
            throws IOException {
        this.room = room;
        this.states = states;
        this.clock = clock;
        this.workers = workers;
        for (String name : room.names()) {
            start(name);
        }
    }

    /** A new life of an agent over the state of the last. */
    TestingAgent start(String name) throws IOException {
        return start(name, clock);
    }

    /** The same, under another clock. */
    TestingAgent start(String name, Clock ownClock) throws IOException {
        TestingAgent agent =
                new TestingAgent(
                        room.member(name),
                        room.roomKeys(name),
                        states.resolve(name),
                        ownClock,
                        System::nanoTime,
                        QUICK,
                        Runnable::run,
                        workers,
                        (evaluator, request) -> carry(name, evaluator, request));
        agents.put(name, agent);
        return agent;
    }

    TestingAgent agent(String name) {
        TestingAgent agent = agents.get(name);
        if (agent == null) {
            throw new IllegalArgumentException("no agent " + name);
        }
        return agent;
    }

    void down(String name) {
        down.add(name);
    }

    void up(String name) {
        down.remove(name);
    }

    void hands(Hands newHands) {
        hands = newHands;
    }

    /** All that was sent, in order, to agents that are down too. */
    List<EvaluationRequest> sent() {
        return List.copyOf(sent);
    }

    private void carry(String requester, String evaluator, byte[] bytes) {
        sent.add(Codecs.EVALUATION_REQUEST.decode(bytes).toOptional().orElseThrow());
        if (down.contains(evaluator)) {
            return;
        }
        if (agent(evaluator).answer(bytes) instanceof Answer.Reply answer) {
            EvaluationReply reply =
                    Codecs.EVALUATION_REPLY
                            .decode(answer.bytes().join())
                            .toOptional()
                            .orElseThrow();
            for (EvaluationReply delivered : hands.replies(reply)) {
                try {
                    agent(requester)
                            .router()
                            .onReply(evaluator, Codecs.EVALUATION_REPLY.encode(delivered));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
