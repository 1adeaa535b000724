package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.oprf.BlindedBatch;
import io.sealroom.privacy.oprf.EpochKeys;
import io.sealroom.privacy.oprf.Evaluation;
import io.sealroom.privacy.oprf.EvaluationOutcome;
import io.sealroom.privacy.oprf.OprfInput;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.privacy.oprf.VoprfRequester;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.ReplyStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationServiceTest {

    private final TestRoom room = TestRoom.file("test-room");
    private final long epoch = room.policy().firstEpoch();
    private final BlindedBatch batch = batch();
    private final Path directory;
    private final TestingAgent agent;

    EvaluationServiceTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.agent = agent(room.roomKeys("advertiser"), Runnable::run);
    }

    @Test
    void answer_validRequest_isSignedAndItsProofHolds() {
        EvaluationRequest request = request(1);

        EvaluationReply reply = reply(agent.answer(encode(request)));

        assertThat(reply.status()).isEqualTo(ReplyStatus.OK);
        assertThat(reply.request()).isEqualTo(request.structHash());
        assertThat(
                        Secp256k1.recover(
                                room.identity().digest(reply.structHash()),
                                reply.signature().toBytes()))
                .contains(room.keys("advertiser").address());
        assertThat(
                        new VoprfRequester()
                                .verify(
                                        batch,
                                        room.roomKeys("publisher").publicKeys(epoch).orElseThrow(),
                                        1,
                                        Evaluation.decode(reply.elements(), reply.proof())
                                                .orElseThrow()))
                .isInstanceOf(EvaluationOutcome.Verified.class);
    }

    @Test
    void answer_sameRequestAgain_isTheSameBytes() {
        byte[] request = encode(request(1));

        byte[] first = bytes(agent.answer(request));
        bytes(agent.answer(encode(request(2))));

        assertThat(bytes(agent.answer(request))).isEqualTo(first);
    }

    @Test
    void answer_sameIdForOtherElements_isMalformed() {
        bytes(agent.answer(encode(request(1))));
        EvaluationRequest other = sign(request(1, epoch, batch().elements().encoded()));

        assertThat(reply(agent.answer(encode(other))).status()).isEqualTo(ReplyStatus.MALFORMED);
    }

    @Test
    void answer_idBelowOneSeen_isEvicted() {
        bytes(agent.answer(encode(request(5))));

        assertThat(reply(agent.answer(encode(request(4)))).status()).isEqualTo(ReplyStatus.EVICTED);
    }

    @Test
    void answer_idThatFellOutOfMemory_isEvicted() {
        byte[] first = encode(sign(request(1, epoch, List.of(noElement()))));
        for (long id = 1; id <= QuotaState.REMEMBERED_MAX + 1; id++) {
            bytes(agent.answer(encode(sign(request(id, epoch, List.of(noElement()))))));
        }

        assertThat(reply(agent.answer(first)).status()).isEqualTo(ReplyStatus.EVICTED);
    }

    @Test
    void answer_epochOutsideTheRoom_isWrongEpoch() {
        EvaluationRequest request = sign(request(1, epoch + 1, batch.elements().encoded()));

        EvaluationReply reply = reply(agent.answer(encode(request)));

        assertThat(reply.status()).isEqualTo(ReplyStatus.WRONG_EPOCH);
        assertThat(reply.elements()).isEmpty();
        assertThat(reply.proof()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void answer_elementThatIsNoPoint_isMalformed() {
        EvaluationRequest request = sign(request(1, epoch, List.of(noElement())));

        assertThat(reply(agent.answer(encode(request))).status()).isEqualTo(ReplyStatus.MALFORMED);
    }

    @Test
    void answer_noElement_isMalformed() {
        EvaluationRequest request = sign(request(1, epoch, List.of()));

        assertThat(reply(agent.answer(encode(request))).status()).isEqualTo(ReplyStatus.MALFORMED);
    }

    @Test
    void answer_sameIdForOtherElements_isKeptAsEvidence() throws Exception {
        EvaluationRequest first = request(1);
        agent.reply(first);
        agent.reply(sign(request(1, epoch, batch().elements().encoded())));

        assertThat(agent.evidence())
                .singleElement()
                .satisfies(
                        evidence ->
                                assertThat(
                                                new EvidenceCheck(room.policy(), room.roomFile())
                                                        .check(evidence))
                                        .isEqualTo(
                                                new EvidenceFinding.Convicts(
                                                        "publisher", EvidenceReason.ID_REUSED)));
    }

    @Test
    void answer_killedBetweenChargeAndReply_isEvaluatedAfterwardsAndChargedOnce() throws Exception {
        // The evaluation never comes to an end.
        TestingAgent killed = agent(room.roomKeys("advertiser"), task -> {});
        killed.answer(encode(request(1)));
        assertThat(killed.metric("quota_used_elements", "publisher")).isEqualTo(3);

        TestingAgent next = agent(room.roomKeys("advertiser"), Runnable::run);

        assertThat(next.reply(request(1)).status()).isEqualTo(ReplyStatus.OK);
        assertThat(next.metric("quota_used_elements", "publisher")).isEqualTo(3);
        assertThat(next.metric("elements_evaluated", "publisher")).isEqualTo(3);
    }

    @Test
    void answer_afterRestart_repeatsEveryDecision() throws Exception {
        agent.reply(request(1));
        agent.reply(sign(request(2, epoch, List.of(noElement()))));
        agent.reply(sign(request(3, epoch + 1, batch.elements().encoded())));

        TestingAgent next = agent(room.roomKeys("advertiser"), Runnable::run);

        assertThat(next.reply(request(1)).status()).isEqualTo(ReplyStatus.OK);
        assertThat(next.reply(sign(request(2, epoch, List.of(noElement())))).status())
                .isEqualTo(ReplyStatus.MALFORMED);
        assertThat(next.reply(sign(request(3, epoch + 1, batch.elements().encoded()))).status())
                .isEqualTo(ReplyStatus.WRONG_EPOCH);
        assertThat(next.reply(sign(request(1, epoch, batch().elements().encoded()))).status())
                .isEqualTo(ReplyStatus.MALFORMED);
        assertThat(next.reply(request(0)).status()).isEqualTo(ReplyStatus.EVICTED);
        assertThat(next.metric("quota_used_elements", "publisher")).isEqualTo(3);
    }

    @Test
    void answer_chargedBeforeARestartButTheEpochHasPassed_isWrongEpoch() throws Exception {
        ExchangeRoom live = ExchangeRoom.live(2, 100);
        EvaluationRequest request =
                live.sign(
                        new EvaluationRequest(
                                "bank-1",
                                "bank-2",
                                live.policy().hash(),
                                live.epoch(),
                                1,
                                batch.elements().encoded(),
                                Bytes.EMPTY),
                        "bank-1");
        long start = live.policy().startMillis();
        TestingAgent killed = liveAgent(live, start, task -> {});
        killed.answer(encode(request));
        assertThat(killed.metric("quota_used_elements", "bank-1")).isEqualTo(3);

        TestingAgent next = liveAgent(live, start + 3 * live.policy().epochMillis(), Runnable::run);

        assertThat(next.reply(request).status()).isEqualTo(ReplyStatus.WRONG_EPOCH);
    }

    private TestingAgent liveAgent(ExchangeRoom live, long millis, Executor evaluations)
            throws IOException {
        return new TestingAgent(
                live.member("bank-2"),
                live.roomKeys("bank-2"),
                directory.resolve("live"),
                Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC),
                System::nanoTime,
                RetryTimes.DEFAULT,
                evaluations,
                Runnable::run,
                (evaluator, bytes) -> {});
    }

    @Test
    void answer_ledgerCannotBeWritten_evaluatesNothing() throws Exception {
        // A directory in its place: the rename fails, as on a full or broken disk.
        Files.createDirectories(directory.resolve("quota-publisher.json").resolve("inside"));

        assertThatThrownBy(() -> agent.answer(encode(request(1))))
                .hasMessageContaining("quota ledger of publisher cannot be written");
        assertThat(agent.metric("elements_evaluated", "publisher")).isZero();
    }

    @Test
    void answer_shareErasedWhileEvaluating_isWrongEpoch() throws Exception {
        EpochKeys shares = room.shares("advertiser");
        VoprfEvaluator evaluator = new VoprfEvaluator(shares.share(epoch).orElseThrow());
        shares.eraseBefore(epoch + 1);
        Membership member = room.member("advertiser");
        ExchangeMetrics metrics = new ExchangeMetrics(new PrometheusRegistry());
        EvaluationService service =
                new EvaluationService(
                        new RequestRules(member),
                        new ReplySigner(member),
                        any -> Optional.of(evaluator),
                        new EpochRule(room.policy(), Clock.systemUTC()),
                        new Requesters(member, directory, Clock.systemUTC()),
                        new EvidenceStore(
                                directory, room.policy(), room.roomKeys("advertiser"), metrics),
                        metrics,
                        Runnable::run);

        assertThat(reply(service.answer(encode(request(1)))).status())
                .isEqualTo(ReplyStatus.WRONG_EPOCH);
    }

    @Test
    void answer_refusals_areCountedByRequesterAndStatus() {
        agent.reply(sign(request(2, epoch, List.of(noElement()))));
        agent.reply(request(1));

        assertThat(agent.metric("requests_received", "publisher")).isEqualTo(2);
        assertThat(agent.metric("refused_requests", "publisher", "MALFORMED")).isEqualTo(1);
        assertThat(agent.metric("refused_requests", "publisher", "EVICTED")).isEqualTo(1);
    }

    @Test
    void answer_shareErased_isWrongEpoch() throws Exception {
        EpochKeys shares = room.shares("advertiser");
        shares.eraseBefore(epoch + 1);
        RoomKeys keys = RoomKeys.of(room.member("advertiser"), room.publicKeys(), shares);

        assertThat(agent(keys, Runnable::run).reply(request(1)).status())
                .isEqualTo(ReplyStatus.WRONG_EPOCH);
    }

    @Test
    void answer_garbage_isDropped() {
        assertDropped(new byte[0], RequestRefusal.UNDECODABLE);
        assertDropped(new byte[] {1, 2, 3}, RequestRefusal.UNDECODABLE);
    }

    @Test
    void answer_negativeEpochOrId_isDropped() {
        List<Bytes> elements = batch.elements().encoded();
        Bytes signature = request(1).signature();

        assertDropped(
                encode(request(-1, epoch, elements).signed(signature)), RequestRefusal.UNDECODABLE);
        assertDropped(
                encode(request(1, -1, elements).signed(signature)), RequestRefusal.UNDECODABLE);
    }

    @Test
    void answer_forAnotherEvaluator_isDropped() {
        assertDropped(
                encode(sign(request("publisher", "publisher", room.policy().hash()))),
                RequestRefusal.OTHER_EVALUATOR);
    }

    @Test
    void answer_fromNobodyOrItself_isDropped() {
        assertDropped(
                encode(sign(request("nobody", "advertiser", room.policy().hash()))),
                RequestRefusal.UNKNOWN_REQUESTER);
        assertDropped(
                encode(sign(request("advertiser", "advertiser", room.policy().hash()))),
                RequestRefusal.UNKNOWN_REQUESTER);
    }

    @Test
    void answer_underAnotherPolicy_isDropped() {
        assertDropped(
                encode(sign(request("publisher", "advertiser", Bytes32.ZERO))),
                RequestRefusal.OTHER_POLICY);
    }

    @Test
    void answer_foreignOrMissingSignature_isDropped() {
        EvaluationRequest request = request(1);
        Bytes32 digest = room.identity().digest(request.structHash());
        RoomIdentity otherRoom =
                new RoomIdentity(1, room.roomFile().contract(), "test-room", room.policy().hash());

        assertDropped(
                encode(request.signed(room.keys("advertiser").chain().sign(digest))),
                RequestRefusal.SIGNATURE);
        assertDropped(
                encode(request.signed(Bytes.of(new byte[Secp256k1.SIGNATURE_LENGTH]))),
                RequestRefusal.SIGNATURE);
        assertDropped(
                encode(
                        request.signed(
                                room.keys("publisher")
                                        .chain()
                                        .sign(otherRoom.digest(request.structHash())))),
                RequestRefusal.SIGNATURE);
    }

    @Test
    void answer_forgedRequest_doesNotUseUpItsId() {
        EvaluationRequest request = request(9);
        agent.answer(encode(request.signed(Bytes.of(new byte[65]))));

        assertThat(reply(agent.answer(encode(request(1)))).status()).isEqualTo(ReplyStatus.OK);
    }

    /** A new life of the advertiser over the same state. */
    private TestingAgent agent(RoomKeys keys, Executor evaluations) throws IOException {
        return new TestingAgent(
                room.member("advertiser"),
                keys,
                directory,
                Clock.systemUTC(),
                System::nanoTime,
                RetryTimes.DEFAULT,
                evaluations,
                Runnable::run,
                (evaluator, request) -> {});
    }

    private BlindedBatch batch() {
        NormalisationOutcome outcome =
                IdentifierNormaliser.forRegion("US")
                        .normalise(IdentifierKind.EMAIL, "ann@example.org");
        return new VoprfRequester()
                .blind(
                        List.of(
                                OprfInput.of(
                                        "test-room",
                                        epoch,
                                        ((NormalisationOutcome.Normalised) outcome).identifier())),
                        3);
    }

    private static Bytes noElement() {
        return Bytes.fromHex("02" + "ff".repeat(32));
    }

    private EvaluationRequest request(long id) {
        return sign(request(id, epoch, batch.elements().encoded()));
    }

    private EvaluationRequest request(long id, long ofEpoch, List<Bytes> elements) {
        return new EvaluationRequest(
                "publisher",
                "advertiser",
                room.policy().hash(),
                ofEpoch,
                id,
                elements,
                Bytes.EMPTY);
    }

    private EvaluationRequest request(String requester, String evaluator, Bytes32 policyHash) {
        return new EvaluationRequest(
                requester,
                evaluator,
                policyHash,
                epoch,
                1,
                batch.elements().encoded(),
                Bytes.EMPTY);
    }

    private EvaluationRequest sign(EvaluationRequest request) {
        Bytes32 digest = room.identity().digest(request.structHash());
        return request.signed(room.keys("publisher").chain().sign(digest));
    }

    private static byte[] encode(EvaluationRequest request) {
        return Codecs.EVALUATION_REQUEST.encode(request);
    }

    private static byte[] bytes(Answer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Reply.class,
                        reply -> assertThat(reply.requester()).isEqualTo("publisher"));
        return ((Answer.Reply) answer).bytes().join();
    }

    private static EvaluationReply reply(Answer answer) {
        return Codecs.EVALUATION_REPLY.decode(bytes(answer)).toOptional().orElseThrow();
    }

    private void assertDropped(byte[] bytes, RequestRefusal reason) {
        assertThat(agent.answer(bytes)).isEqualTo(new Answer.Dropped(reason));
    }
}
