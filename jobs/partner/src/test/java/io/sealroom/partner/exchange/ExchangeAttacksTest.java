package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.oprf.VoprfRequester;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.ReplyStatus;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an attacker gains: nothing. Each test names the line that stands against it; without that
 * line it fails.
 */
@Timeout(60)
class ExchangeAttacksTest {

    private static final long QUOTA = 12;

    private final ExchangeRoom room = ExchangeRoom.file(3, QUOTA);
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final Path directory;
    private final TestingNetwork network;

    ExchangeAttacksTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.network = new TestingNetwork(room, directory, now(), workers);
    }

    @AfterEach
    void shutDown() {
        workers.shutdownNow();
    }

    // guard: ReplyRules.isSigned
    @Test
    void reply_signedForAnotherRoom_isNotUsed() throws Exception {
        RoomIdentity otherChain =
                new RoomIdentity(
                        1, room.roomFile().contract(), "exchange-room", room.policy().hash());

        assertRefusedThenUsed(
                reply ->
                        reply.signed(
                                room.keys(reply.evaluator())
                                        .chain()
                                        .sign(otherChain.digest(reply.structHash()))),
                ReplyRefusal.SIGNATURE);
    }

    // guard: ReplyRules.refusal, OTHER_POLICY
    @Test
    void reply_underAnotherPolicy_isNotUsed() throws Exception {
        assertRefusedThenUsed(
                reply -> room.sign(AlteredReply.withPolicy(reply, Bytes32.ZERO), reply.evaluator()),
                ReplyRefusal.OTHER_POLICY);
    }

    // guard: ReplyRules.refusal, OTHER_EPOCH
    @Test
    void reply_ofAnotherEpoch_isNotUsedAndConvicts() throws Exception {
        assertRefusedThenUsed(
                reply ->
                        room.sign(
                                AlteredReply.withEpoch(reply, room.epoch() + 1), reply.evaluator()),
                ReplyRefusal.OTHER_EPOCH);

        assertConvicted("bank-2", EvidenceReason.OTHER_EPOCH);
        assertConvicted("bank-3", EvidenceReason.OTHER_EPOCH);
    }

    // guard: ReplyRules.refusal, OTHER_REQUEST
    @Test
    void reply_toAnotherRequest_isNotUsed() throws Exception {
        assertRefusedThenUsed(
                reply ->
                        room.sign(AlteredReply.withRequest(reply, Bytes32.ZERO), reply.evaluator()),
                ReplyRefusal.OTHER_REQUEST);
    }

    // guard: ReplyRouter.settle
    @Test
    void reply_replayed_isNotUsedForTheNextBatch() throws Exception {
        List<EvaluationReply> earlier = new ArrayList<>();
        network.hands(
                reply -> {
                    if (!reply.evaluator().equals("bank-2")) {
                        return List.of(reply);
                    }
                    List<EvaluationReply> delivered = new ArrayList<>(earlier);
                    delivered.add(reply);
                    earlier.add(reply);
                    return delivered;
                });
        TokenRequester requester = network.agent("bank-1").requester(2);

        Token ann = token(requester, "ann@example.org");
        Token bob = token(requester, "bob@example.org");

        assertThat(ann).isEqualTo(room.jointToken(room.epoch(), email("ann@example.org")));
        assertThat(bob).isEqualTo(room.jointToken(room.epoch(), email("bob@example.org")));
        assertThat(network.agent("bank-1").metric("refused_replies", "bank-2", "UNKNOWN_REQUEST"))
                .isEqualTo(1);
    }

    // guard: ReplyRules.refusal, OTHER_PARTIES
    @Test
    void reply_ofAnotherPartner_isNotUsed() throws Exception {
        network.hands(
                reply ->
                        reply.evaluator().equals("bank-2")
                                ? List.of(
                                        room.sign(AlteredReply.from(reply, "bank-3"), "bank-3"),
                                        reply)
                                : List.of(reply));

        assertThat(token(network.agent("bank-1").requester(2), "ann@example.org"))
                .isEqualTo(room.jointToken(room.epoch(), email("ann@example.org")));
        assertThat(network.agent("bank-1").metric("refused_replies", "bank-2", "OTHER_PARTIES"))
                .isEqualTo(1);
    }

    // guard: BatchArithmetic.judge, VoprfRequester.verify
    @Test
    void reply_withAnotherShare_endsTheRunNamedAndConvicted() throws Exception {
        ExchangeRoom otherShares = ExchangeRoom.file(3, QUOTA);
        TestingNetwork others =
                new TestingNetwork(otherShares, directory.resolve("other-room"), now(), workers);
        network.hands(
                reply -> {
                    if (!reply.evaluator().equals("bank-3")) {
                        return List.of(reply);
                    }
                    EvaluationReply wrong = others.agent("bank-3").reply(copy(otherShares, reply));
                    return List.of(
                            room.sign(
                                    AlteredReply.withEvaluation(
                                            reply, wrong.elements(), wrong.proof()),
                                    "bank-3"));
                });

        assertRunEnds("partner bank-3", "PROOF_INVALID");
        assertConvicted("bank-3", EvidenceReason.PROOF_INVALID);
    }

    // guard: BatchArithmetic.judge, VoprfRequester.verify
    @Test
    void reply_elementsReordered_endsTheRunNamedAndConvicted() throws Exception {
        network.hands(
                reply ->
                        List.of(
                                reply.evaluator().equals("bank-2")
                                        ? room.sign(AlteredReply.reordered(reply), "bank-2")
                                        : reply));

        assertRunEnds("partner bank-2", "PROOF_INVALID");
        assertConvicted("bank-2", EvidenceReason.PROOF_INVALID);
    }

    // guard: BatchArithmetic.judge, size
    @Test
    void reply_truncated_endsTheRunNamedAndConvicted() throws Exception {
        network.hands(
                reply ->
                        List.of(
                                reply.evaluator().equals("bank-2")
                                        ? room.sign(AlteredReply.truncated(reply), "bank-2")
                                        : reply));

        assertRunEnds("partner bank-2", "MALFORMED");
        assertConvicted("bank-2", EvidenceReason.MALFORMED);
    }

    // guard: RequestRules.refusal, UNKNOWN_REQUESTER
    @Test
    void request_byANonPartner_isNotAnswered() {
        EvaluationRequest request = request("nobody", 1, 1);

        assertDropped(room.sign(request, "bank-1"), RequestRefusal.UNKNOWN_REQUESTER);
    }

    // guard: RequestRules.refusal, SIGNATURE
    @Test
    void request_inAnothersName_isNotAnsweredAndCostsItNothing() {
        EvaluationRequest request = request("bank-1", 1, 3);

        assertDropped(room.sign(request, "bank-3"), RequestRefusal.SIGNATURE);
        assertThat(network.agent("bank-2").metric("quota_used_elements", "bank-1")).isZero();
    }

    // guard: EvaluationService.obstacle, Element.decode
    @Test
    void request_pointOffTheCurve_isRefusedAndEvaluatesNothing() {
        Bytes offCurve = Bytes.fromHex("02" + "00".repeat(31) + "07");
        Bytes beyondTheField = Bytes.fromHex("02" + "ff".repeat(32));
        Bytes identity = Bytes.fromHex("00".repeat(33));
        long id = 1;
        for (Bytes point : List.of(offCurve, beyondTheField, identity)) {
            EvaluationRequest request =
                    room.sign(request("bank-1", id++, List.of(point)), "bank-1");

            EvaluationReply reply = network.agent("bank-2").reply(request);

            assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
            assertThat(reply.elements()).isEmpty();
        }
        assertThat(network.agent("bank-2").metric("elements_evaluated", "bank-1")).isZero();
    }

    // guard: QuotaLedger.charge
    @Test
    void quota_oneElementMore_isRefusedByEachEvaluatorOnItsOwn() {
        for (String evaluator : List.of("bank-2", "bank-3")) {
            assertThat(ask(evaluator, 1, (int) QUOTA)).isEqualTo(ReplyStatus.OK);
            assertThat(ask(evaluator, 2, 1)).isEqualTo(ReplyStatus.QUOTA_EXCEEDED);
            assertThat(network.agent(evaluator).metric("quota_remaining_elements", "bank-1"))
                    .isZero();
            assertThat(network.agent(evaluator).metric("quota_used_elements", "bank-3")).isZero();
        }
    }

    // guard: QuotaLedger.charge
    @Test
    void quota_throughASecondId_isTheSameQuota() {
        EvaluationRequest request = signed(1, (int) QUOTA);
        assertThat(network.agent("bank-2").reply(request).status()).isEqualTo(ReplyStatus.OK);
        EvaluationRequest sameElements =
                room.sign(request("bank-1", 2, request.elements()), "bank-1");

        assertThat(network.agent("bank-2").reply(sameElements).status())
                .isEqualTo(ReplyStatus.QUOTA_EXCEEDED);
    }

    // guard: QuotaLedger.store
    @Test
    void quota_afterARestart_isTheSameQuota() throws Exception {
        assertThat(ask("bank-2", 1, (int) QUOTA)).isEqualTo(ReplyStatus.OK);

        network.start("bank-2");

        assertThat(ask("bank-2", 2, 1)).isEqualTo(ReplyStatus.QUOTA_EXCEEDED);
    }

    // guard: QuotaState.at
    @Test
    void quota_clockSetBack_isTheSameQuota() throws Exception {
        assertThat(ask("bank-2", 1, (int) QUOTA)).isEqualTo(ReplyStatus.OK);

        network.start("bank-2", at(room.policy().startMillis() - room.policy().epochMillis()));

        assertThat(ask("bank-2", 2, 1)).isEqualTo(ReplyStatus.QUOTA_EXCEEDED);
    }

    // guard: EvaluationService.reply, the known id
    @Test
    void quota_replayOfAnAnsweredId_evaluatesNothingElseAndChargesOnce() throws Exception {
        EvaluationRequest request = signed(1, 4);
        EvaluationReply first = network.agent("bank-2").reply(request);

        EvaluationReply again = network.agent("bank-2").reply(request);
        EvaluationReply otherElements = network.agent("bank-2").reply(signed(1, 4));
        network.start("bank-2");
        EvaluationReply afterRestart = network.agent("bank-2").reply(request);

        assertThat(again).isEqualTo(first);
        assertThat(otherElements.status()).isEqualTo(ReplyStatus.MALFORMED);
        assertThat(afterRestart.elements()).isEqualTo(first.elements());
        assertThat(network.agent("bank-2").metric("quota_used_elements", "bank-1")).isEqualTo(4);
    }

    // guard: QuotaState.isNew
    @Test
    void quota_idBelowTheHighest_isRefused() {
        assertThat(ask("bank-2", 5, 1)).isEqualTo(ReplyStatus.OK);

        assertThat(ask("bank-2", 4, 1)).isEqualTo(ReplyStatus.EVICTED);
    }

    // guard: QuotaState.decided, the refusal under its id
    @Test
    void quota_refusedIdInTheNextEpoch_staysRefused() throws Exception {
        EvaluationRequest tooMuch = signed(1, (int) QUOTA + 1);
        assertThat(network.agent("bank-2").reply(tooMuch).status())
                .isEqualTo(ReplyStatus.QUOTA_EXCEEDED);

        network.start("bank-2", at(room.policy().startMillis() + room.policy().epochMillis()));

        assertThat(network.agent("bank-2").reply(tooMuch).status())
                .isEqualTo(ReplyStatus.QUOTA_EXCEEDED);
    }

    /** A forged reply before every true one. */
    private void assertRefusedThenUsed(UnaryOperator<EvaluationReply> forge, ReplyRefusal reason)
            throws Exception {
        network.hands(reply -> List.of(forge.apply(reply), reply));
        TestingAgent asking = network.agent("bank-1");

        assertThat(token(asking.requester(2), "ann@example.org"))
                .isEqualTo(room.jointToken(room.epoch(), email("ann@example.org")));

        for (String evaluator : List.of("bank-2", "bank-3")) {
            assertThat(asking.metric("refused_replies", evaluator, reason.name())).isEqualTo(1);
        }
    }

    private void assertRunEnds(String... texts) {
        assertThatThrownBy(() -> token(network.agent("bank-1").requester(2), "ann@example.org"))
                .isInstanceOf(AgentException.class)
                .hasMessageContainingAll(texts);
    }

    private void assertConvicted(String partner, EvidenceReason reason) throws IOException {
        EvidenceCheck check = new EvidenceCheck(room.policy(), room.roomFile());
        assertThat(network.agent("bank-1").evidence())
                .filteredOn(evidence -> evidence.accused().equals(partner))
                .isNotEmpty()
                .extracting(check::check)
                .containsOnly(new EvidenceFinding.Convicts(partner, reason));
    }

    private void assertDropped(EvaluationRequest request, RequestRefusal reason) {
        assertThat(network.agent("bank-2").answer(Codecs.EVALUATION_REQUEST.encode(request)))
                .isEqualTo(new Answer.Dropped(reason));
    }

    private Token token(TokenRequester requester, String address)
            throws AgentException, InterruptedException {
        return requester
                .tokens(room.epoch(), List.of(email(address)), count -> {})
                .values()
                .iterator()
                .next();
    }

    /** bank-1 asks. */
    private ReplyStatus ask(String evaluator, long id, int elements) {
        EvaluationRequest request =
                new EvaluationRequest(
                        "bank-1",
                        evaluator,
                        room.policy().hash(),
                        room.epoch(),
                        id,
                        elements(elements),
                        Bytes.EMPTY);
        return network.agent(evaluator).reply(room.sign(request, "bank-1")).status();
    }

    private EvaluationRequest signed(long id, int elements) {
        return room.sign(request("bank-1", id, elements), "bank-1");
    }

    private EvaluationRequest request(String requester, long id, int elements) {
        return request(requester, id, elements(elements));
    }

    private EvaluationRequest request(String requester, long id, List<Bytes> elements) {
        return new EvaluationRequest(
                requester, "bank-2", room.policy().hash(), room.epoch(), id, elements, Bytes.EMPTY);
    }

    /** The same question, asked in another room. */
    private EvaluationRequest copy(ExchangeRoom other, EvaluationReply reply) {
        EvaluationRequest asked =
                network.sent().stream()
                        .filter(sent -> sent.requestId() == reply.requestId())
                        .findFirst()
                        .orElseThrow();
        return other.sign(
                new EvaluationRequest(
                        "bank-1",
                        "bank-3",
                        other.policy().hash(),
                        other.epoch(),
                        asked.requestId(),
                        asked.elements(),
                        Bytes.EMPTY),
                "bank-1");
    }

    private static List<Bytes> elements(int count) {
        return new VoprfRequester().blind(List.of(), count).elements().encoded();
    }

    private static NormalisedIdentifier email(String text) {
        return ExchangeRoom.email(text);
    }

    private Clock now() {
        return at(room.policy().startMillis());
    }

    private static Clock at(long millis) {
        return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
