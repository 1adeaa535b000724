package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.exchange.BatchArithmetic.Judged;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.privacy.oprf.VoprfRequester;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.ReplyStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated frames, of which one in seven is none: nothing is thrown, every frame is accounted for,
 * every reason occurs. 20,000 of each type; 100,000 with {@code -Dsealroom.campaign=full}.
 */
class MutatedFramesTest {

    private static final int FRAMES =
            "full".equals(System.getProperty("sealroom.campaign")) ? 100_000 : 20_000;

    /** A decision is written to disk: few of the frames may need one. */
    private static final int NEW_ID_EVERY = 400;

    private final ExchangeRoom room = ExchangeRoom.file(2, 60);
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Path directory;

    MutatedFramesTest(@TempDir Path directory, TestReporter reporter) {
        this.directory = directory;
        reporter.publishEntry("seed", Long.toString(seed));
    }

    @Test
    void requests_mutated_areAllAccountedFor() throws Exception {
        TestingAgent evaluator = agent("bank-2", room.roomKeys("bank-2"));
        List<byte[]> unsigned =
                List.of(
                        encode(request("bank-2", "bank-1", room.policy().hash(), room.epoch(), 1)),
                        encode(request("nobody", "bank-2", room.policy().hash(), room.epoch(), 1)),
                        encode(request("bank-1", "bank-2", Bytes32.ZERO, room.epoch(), 1)));
        List<byte[]> genuine = new ArrayList<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        int replies = 0;

        for (int i = 0; i < FRAMES; i++) {
            byte[] frame;
            if (i % NEW_ID_EVERY == 0) {
                frame = newQuestion(i);
                genuine.add(frame);
            } else if (i % 7 == 0) {
                frame = latest(genuine);
            } else if (i % 14 == 1) {
                frame = flipped(latest(genuine));
            } else {
                frame = mutated(random.nextBoolean() ? latest(genuine) : any(unsigned));
            }
            if (evaluator.answer(frame) instanceof Answer.Dropped dropped) {
                outcomes.merge(dropped.reason().name(), 1, Integer::sum);
            } else {
                replies++;
                outcomes.merge("answered", 1, Integer::sum);
            }
        }

        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum())
                .as("seed %s", seed)
                .isEqualTo(FRAMES);
        assertThat(outcomes).as("seed %s", seed).containsKeys(names(RequestRefusal.values()));
        assertThat(replies).isGreaterThanOrEqualTo(FRAMES / 10);
        assertThat(evaluator.metric("requests_received", "bank-1")).isEqualTo(replies);
        for (ReplyStatus status : ReplyStatus.values()) {
            // An agent that is not ready does not listen yet: it waits for the ceremony.
            if (status != ReplyStatus.OK && status != ReplyStatus.NOT_READY) {
                assertThat(evaluator.metric("refused_requests", "bank-1", status.name()))
                        .as("%s, seed %s", status, seed)
                        .isPositive();
            }
        }
        assertThat(evaluator.metric("quota_used_elements", "bank-1")).isEqualTo(60);
        assertThat(evaluator.metric("elements_evaluated", "bank-1")).isEqualTo(60);
    }

    @Test
    void replies_mutated_areAllAccountedFor() throws Exception {
        Replies replies = new Replies();
        List<byte[]> genuine = replies.genuine();
        List<byte[]> wrong = replies.signedButWrong();

        for (int i = 0; i < FRAMES; i++) {
            byte[] frame =
                    switch (i % 14) {
                        case 0, 7 -> any(genuine);
                        case 1 -> any(wrong);
                        case 2 -> flipped(any(genuine));
                        default -> mutated(random.nextBoolean() ? any(genuine) : any(wrong));
                    };
            replies.deliver(frame);
        }

        assertThat(replies.accepted).isGreaterThanOrEqualTo(FRAMES / 10);
        int refused = 0;
        for (ReplyRefusal reason : ReplyRefusal.values()) {
            double count = replies.agent.metric("refused_replies", "bank-2", reason.name());
            assertThat(count).as("%s, seed %s", reason, seed).isPositive();
            refused += (int) count;
        }
        assertThat(replies.accepted + refused).as("seed %s", seed).isEqualTo(FRAMES);
    }

    /** bank-1 has two requests, one of them open still; what of a reply reaches it is judged. */
    private final class Replies {

        private final Partner evaluator = room.policy().partner("bank-2");
        private final ReplyRules rules = new ReplyRules(room.identity());
        private final BatchArithmetic arithmetic = new BatchArithmetic(room.policy().room(), 0);
        private final Map<EvaluationReply, Optional<ReplyRefusal>> judged = new HashMap<>();
        private final TestingAgent agent = agent("bank-1", room.roomKeys("bank-1"));
        private final TokenBatch batch =
                arithmetic.blind(
                        room.epoch(),
                        room.roomKeys("bank-1").publicKeys(room.epoch()).orElseThrow(),
                        room.roomKeys("bank-1").evaluator(room.epoch()).orElseThrow(),
                        new BatchPlan(List.of(ExchangeRoom.email("ann@example.org")), 3));
        private final EvaluationRequest open = asked(8);
        private final EvaluationReply answer;
        private final EvaluationReply settled;
        private int accepted;

        Replies() throws IOException {
            TestingAgent asked = agent("bank-2", room.roomKeys("bank-2"));
            EvaluationRequest done = asked(7);
            settled = asked.reply(done);
            answer = asked.reply(open);
            agent.router().settle(done, settled);
            agent.router().expect("bank-2", open.requestId(), this::judge);
        }

        void deliver(byte[] frame) throws InterruptedException {
            agent.router().onReply("bank-2", frame);
        }

        List<byte[]> genuine() {
            return encoded(
                    answer,
                    room.sign(AlteredReply.refusal(answer, ReplyStatus.NOT_READY), "bank-2"),
                    room.sign(AlteredReply.refusal(answer, ReplyStatus.EVICTED), "bank-2"));
        }

        List<byte[]> signedButWrong() {
            return encoded(
                    room.sign(AlteredReply.reordered(answer), "bank-2"),
                    room.sign(AlteredReply.truncated(answer), "bank-2"),
                    room.sign(AlteredReply.withEpoch(answer, room.epoch() + 1), "bank-2"),
                    room.sign(AlteredReply.withRequest(answer, Bytes32.ZERO), "bank-2"),
                    room.sign(AlteredReply.withPolicy(answer, Bytes32.ZERO), "bank-2"),
                    room.sign(AlteredReply.from(answer, "bank-1"), "bank-1"),
                    room.sign(answer, "bank-1"),
                    room.sign(AlteredReply.refusal(settled, ReplyStatus.MALFORMED), "bank-2"));
        }

        private void judge(EvaluationReply reply, String from) {
            Optional<ReplyRefusal> refusal = rules.refusal(reply, open, evaluator);
            if (refusal.isEmpty() && reply.status() == ReplyStatus.OK) {
                // A proof takes milliseconds: each once.
                refusal = judged.computeIfAbsent(reply, this::proof);
            }
            if (refusal.isPresent()) {
                agent.refusals().reply(from, refusal.get());
            } else {
                accepted++;
            }
        }

        private Optional<ReplyRefusal> proof(EvaluationReply reply) {
            return arithmetic.judge(batch, 1, reply) instanceof Judged.Wrong wrong
                    ? Optional.of(ReplyRefusal.valueOf(wrong.reason().name()))
                    : Optional.empty();
        }

        private EvaluationRequest asked(long id) {
            return room.sign(
                    new EvaluationRequest(
                            "bank-1",
                            "bank-2",
                            room.policy().hash(),
                            room.epoch(),
                            id,
                            batch.elements(),
                            Bytes.EMPTY),
                    "bank-1");
        }

        private static List<byte[]> encoded(EvaluationReply... replies) {
            return Arrays.stream(replies).map(Codecs.EVALUATION_REPLY::encode).toList();
        }
    }

    /** In turn good, too much, of a wrong epoch, no point, or under an old id. */
    private byte[] newQuestion(int i) {
        long id = 1_000L + i;
        EvaluationRequest request =
                switch (i / NEW_ID_EVERY % 5) {
                    case 0 -> asked(room.epoch(), id, 30);
                    case 1 -> asked(room.epoch(), id, 61);
                    case 2 -> asked(room.epoch() + 2, id, 1);
                    case 3 -> asked(room.epoch(), id, 1);
                    default -> asked(room.epoch(), i / NEW_ID_EVERY, 1);
                };
        return encode(room.sign(request, "bank-1"));
    }

    private EvaluationRequest asked(long epoch, long id, int size) {
        return new EvaluationRequest(
                "bank-1",
                "bank-2",
                room.policy().hash(),
                epoch,
                id,
                size == 1
                        ? List.of(Bytes.fromHex("02" + "ff".repeat(32)))
                        : new VoprfRequester().blind(List.of(), size).elements().encoded(),
                Bytes.EMPTY);
    }

    private static EvaluationRequest request(
            String requester, String evaluator, Bytes32 policyHash, long epoch, long id) {
        return new EvaluationRequest(
                requester,
                evaluator,
                policyHash,
                epoch,
                id,
                List.of(Bytes.of(new byte[33])),
                Bytes.of(new byte[65]));
    }

    /** Cut, longer, noise, cut and flipped, or left as it is. */
    private byte[] mutated(byte[] frame) {
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(frame, random.nextInt(frame.length));
            case 1 -> Arrays.copyOf(frame, frame.length + 1 + random.nextInt(8));
            case 2 -> noise(random.nextInt(200));
            case 3 -> flipped(Arrays.copyOf(frame, frame.length - 1));
            default -> frame.clone();
        };
    }

    private byte[] flipped(byte[] frame) {
        byte[] changed = frame.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] any(List<byte[]> frames) {
        return frames.get(random.nextInt(frames.size()));
    }

    private static byte[] latest(List<byte[]> frames) {
        return frames.get(frames.size() - 1);
    }

    private TestingAgent agent(String name, RoomKeys keys) throws IOException {
        return new TestingAgent(
                room.member(name),
                keys,
                directory.resolve(name),
                Clock.systemUTC(),
                System::nanoTime,
                RetryTimes.DEFAULT,
                Runnable::run,
                Runnable::run,
                (evaluator, request) -> {});
    }

    private static String[] names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toArray(String[]::new);
    }

    private static byte[] encode(EvaluationRequest request) {
        return Codecs.EVALUATION_REQUEST.encode(request);
    }
}
