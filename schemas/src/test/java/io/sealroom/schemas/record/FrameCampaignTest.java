package io.sealroom.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Digests;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 100,000 mutated frames for each record that a partner writes, a quarter for each seed, and fewer
 * for what a node writes. Every frame is a record or is refused with a reason. A record can be
 * hashed and written again: who decoded it will do so, and must not be stopped by it.
 */
class FrameCampaignTest {

    private static final int OF_PARTNERS = 25_000;
    private static final int OF_NODES = 2_500;

    private final Map<Decoded.Fault, Integer> refused = new EnumMap<>(Decoded.Fault.class);
    private int accepted;

    /** With the seed, whatever ended the test. */
    @AfterEach
    void print(TestInfo test) {
        System.out.printf(
                "%s: %d accepted, refused %s%n", test.getDisplayName(), accepted, refused);
    }

    /**
     * @param use what a receiver does with a record first
     */
    record Campaign<T>(RecordCodec<T> codec, int fed, long seed, List<T> samples, Consumer<T> use) {

        List<byte[]> frames() {
            return samples.stream().map(codec::encode).toList();
        }

        @Override
        public String toString() {
            return codec.schema().schema().getName() + ", seed " + seed;
        }
    }

    static Stream<Campaign<?>> campaigns() {
        return LongStream.rangeClosed(1, 4).boxed().flatMap(FrameCampaignTest::campaigns);
    }

    private static Stream<Campaign<?>> campaigns(long seed) {
        return Stream.of(
                new Campaign<>(
                        Codecs.BLINDED_EVENT,
                        OF_PARTNERS,
                        seed,
                        List.of(Samples.exposure(), Samples.conversion()),
                        event -> event.eventId().toBytes()),
                new Campaign<>(
                        Codecs.SEAL,
                        OF_PARTNERS,
                        seed,
                        List.of(Samples.seal(), seal(0, true), seal(3, false)),
                        seal -> seal.structHash("publisher", 2)),
                new Campaign<>(
                        Codecs.EVALUATION_REQUEST,
                        OF_PARTNERS,
                        seed,
                        List.of(Samples.request(), request(1), request(9)),
                        EvaluationRequest::structHash),
                new Campaign<>(
                        Codecs.EVALUATION_REPLY,
                        OF_PARTNERS,
                        seed,
                        List.of(Samples.reply(), Samples.refusal(), reply(7)),
                        EvaluationReply::structHash),
                new Campaign<>(
                        Codecs.SIGNED_RELEASES,
                        OF_NODES,
                        seed,
                        List.of(Samples.signedReleases()),
                        releases -> releases.structHash(Digests.id("a policy"))),
                new Campaign<>(
                        Codecs.PENDING_RELEASE,
                        OF_NODES,
                        seed,
                        List.of(Samples.pending()),
                        pending -> pending.document().releaseHash()),
                new Campaign<>(
                        Codecs.RELEASE,
                        OF_NODES,
                        seed,
                        List.of(Samples.release()),
                        release -> release.pending().document().releaseHash()),
                new Campaign<>(
                        Codecs.WITHHELD,
                        OF_NODES,
                        seed,
                        List.of(
                                new Withheld("q", 1, 2, WithheldReason.BROKEN, "publisher", 1),
                                new Withheld("q", 1, 2, WithheldReason.CONFLICT, null, null)),
                        Withheld::reason),
                new Campaign<>(
                        Codecs.REJECT,
                        OF_NODES,
                        seed,
                        List.of(
                                new Reject("publisher", 1, 77, RejectReason.SEAL_COUNT),
                                new Reject("publisher", 1, 77, RejectReason.SEAL_DIFFERS, 12L)),
                        Reject::reason));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("campaigns")
    <T> void decode_mutatedFrames_areRecordsOrRefusedWithAReason(Campaign<T> campaign) {
        RecordCodec<T> codec = campaign.codec();
        FrameMutator mutator = new FrameMutator(campaign.seed(), campaign.frames(), others(codec));
        for (int i = 0; i < campaign.fed(); i++) {
            Decoded<T> decoded = codec.decode(mutator.next());
            if (decoded instanceof Decoded.Ok<T> ok) {
                accepted++;
                campaign.use().accept(ok.record());
                assertThat(codec.decode(codec.encode(ok.record()))).isEqualTo(ok);
            } else if (decoded instanceof Decoded.Refused<T> refusal) {
                refused.merge(refusal.fault(), 1, Integer::sum);
            }
        }
        assertThat(accepted + refused.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(campaign.fed());
        assertThat(accepted).isGreaterThan(campaign.fed() / 10);
        assertThat(refused.keySet()).containsExactly(Decoded.Fault.values());
    }

    private static List<byte[]> others(RecordCodec<?> codec) {
        return List.of(
                        Codecs.SEAL.encode(Samples.seal()),
                        Codecs.BLINDED_EVENT.encode(Samples.conversion()),
                        Codecs.EVALUATION_REPLY.encode(Samples.reply()))
                .stream()
                .filter(frame -> !codec.matches(frame))
                .toList();
    }

    private static Seal seal(int windows, boolean reanchor) {
        Seal sample = Samples.seal();
        return new Seal(
                1,
                sample.from(),
                sample.to(),
                Long.MAX_VALUE,
                sample.head(),
                sample.policyHash(),
                reanchor,
                Collections.nCopies(windows, Samples.part()),
                sample.signature());
    }

    private static EvaluationRequest request(int elements) {
        EvaluationRequest sample = Samples.request();
        return new EvaluationRequest(
                sample.requester(),
                sample.evaluator(),
                sample.policyHash(),
                sample.epoch(),
                Long.MAX_VALUE,
                Collections.nCopies(elements, Bytes.fromHex("02" + "77".repeat(32))),
                sample.signature());
    }

    private static EvaluationReply reply(int elements) {
        EvaluationReply sample = Samples.reply();
        return new EvaluationReply(
                sample.evaluator(),
                sample.requester(),
                sample.policyHash(),
                sample.epoch(),
                sample.requestId(),
                sample.request(),
                sample.status(),
                request(elements).elements(),
                sample.proof(),
                sample.signature());
    }
}
