package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exchange.EvidenceFinding.Convicts;
import io.sealroom.partner.exchange.EvidenceFinding.Fault;
import io.sealroom.partner.exchange.EvidenceFinding.Inconclusive;
import io.sealroom.partner.exchange.EvidenceFinding.Refused;
import io.sealroom.privacy.oprf.VoprfRequester;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.ReplyStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** bank-1 asks, bank-2 answers; a third party looks at what they signed. */
class EvidenceCheckTest {

    private final ExchangeRoom room = ExchangeRoom.file(2, 1000);
    private final EvidenceCheck check = new EvidenceCheck(room.policy(), room.roomFile());
    private final Path directory;
    private final EvaluationRequest request = request(7);
    private final EvaluationReply reply;

    EvidenceCheckTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.reply = evaluator("first").reply(request);
    }

    @Test
    void check_reorderedEvaluation_convicts() {
        assertThat(against(EvidenceReason.PROOF_INVALID, AlteredReply.reordered(reply)))
                .isEqualTo(new Convicts("bank-2", EvidenceReason.PROOF_INVALID));
    }

    @Test
    void check_truncatedOrIllFormedEvaluation_convicts() {
        Bytes noPoint = Bytes.fromHex("02" + "ff".repeat(32));
        List<Bytes> elements = List.of(noPoint, noPoint, noPoint);

        assertThat(against(EvidenceReason.MALFORMED, AlteredReply.truncated(reply)))
                .isEqualTo(new Convicts("bank-2", EvidenceReason.MALFORMED));
        assertThat(
                        against(
                                EvidenceReason.MALFORMED,
                                AlteredReply.withEvaluation(reply, elements, reply.proof())))
                .isEqualTo(new Convicts("bank-2", EvidenceReason.MALFORMED));
    }

    @Test
    void check_otherEpochForTheRequestItNames_convicts() {
        assertThat(
                        against(
                                EvidenceReason.OTHER_EPOCH,
                                AlteredReply.withEpoch(reply, room.epoch() + 1)))
                .isEqualTo(new Convicts("bank-2", EvidenceReason.OTHER_EPOCH));
    }

    @Test
    void check_contradiction_convicts() {
        EvaluationReply otherwise = AlteredReply.refusal(reply, ReplyStatus.QUOTA_EXCEEDED);

        assertThat(against(EvidenceReason.CONTRADICTION, reply, otherwise))
                .isEqualTo(new Convicts("bank-2", EvidenceReason.CONTRADICTION));
        assertThat(against(EvidenceReason.CONTRADICTION, otherwise, reply))
                .isEqualTo(new Convicts("bank-2", EvidenceReason.CONTRADICTION));
        assertThat(against(EvidenceReason.CONTRADICTION, reply, AlteredReply.reordered(reply)))
                .isEqualTo(new Convicts("bank-2", EvidenceReason.CONTRADICTION));
    }

    @Test
    void check_contradictionBesideAnotherRequest_isUnrelated() {
        EvaluationReply otherwise =
                room.sign(AlteredReply.refusal(reply, ReplyStatus.QUOTA_EXCEEDED), "bank-2");

        assertThat(
                        check.check(
                                evidence(
                                        EvidenceReason.CONTRADICTION,
                                        request(7),
                                        reply,
                                        otherwise)))
                .isEqualTo(new Refused(Fault.UNRELATED));
    }

    @Test
    void check_twoRequestsUnderOneId_convictTheRequester() {
        assertThat(
                        check.check(
                                new Evidence(
                                        EvidenceReason.ID_REUSED,
                                        "bank-1",
                                        room.policy().hash(),
                                        Bytes.EMPTY,
                                        List.of(encoded(request), encoded(request(7))))))
                .isEqualTo(new Convicts("bank-1", EvidenceReason.ID_REUSED));
    }

    /** An evaluator that is restarted evaluates again, with a proof that has a new nonce. */
    @Test
    void check_sameQuestionEvaluatedTwice_isNoContradiction() throws IOException {
        EvaluationReply again = evaluator("second").reply(request);

        assertThat(again.proof()).isNotEqualTo(reply.proof());
        assertThat(against(EvidenceReason.CONTRADICTION, reply, again))
                .isEqualTo(new Refused(Fault.IN_ORDER));
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_READY", "WRONG_EPOCH", "EVICTED"})
    void check_refusalThatPasses_isNoContradiction(ReplyStatus status) {
        assertThat(
                        against(
                                EvidenceReason.CONTRADICTION,
                                AlteredReply.refusal(reply, status),
                                reply))
                .isEqualTo(new Refused(Fault.IN_ORDER));
    }

    /** The requester signs another request under the same id, and shows that with the reply. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ID_REUSED")
    void check_honestReplyBesideARequestMadeUpLater_neverConvicts(EvidenceReason reason) {
        EvaluationRequest madeUp = request(7);
        EvaluationRequest otherEpoch =
                room.sign(
                        new EvaluationRequest(
                                "bank-1",
                                "bank-2",
                                room.policy().hash(),
                                room.epoch() + 1,
                                7,
                                request.elements(),
                                Bytes.EMPTY),
                        "bank-1");

        for (EvaluationRequest shown : List.of(madeUp, otherEpoch)) {
            Evidence framing =
                    reason == EvidenceReason.CONTRADICTION
                            ? evidence(reason, shown, reply, reply)
                            : evidence(reason, shown, reply);
            assertThat(check.check(framing)).isNotInstanceOf(Convicts.class);
        }
        assertThat(check.check(evidence(EvidenceReason.OTHER_REQUEST, madeUp, reply)))
                .isEqualTo(new Inconclusive("bank-2", EvidenceReason.OTHER_REQUEST));
        assertThat(check.check(evidence(EvidenceReason.OTHER_EPOCH, otherEpoch, reply)))
                .isEqualTo(new Inconclusive("bank-2", EvidenceReason.OTHER_EPOCH));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ID_REUSED", "CONTRADICTION"})
    void check_honestReply_isInOrderWhateverIsClaimed(EvidenceReason claimed) {
        assertThat(check.check(evidence(claimed, request, reply)))
                .isEqualTo(new Refused(Fault.IN_ORDER));
    }

    @Test
    void check_replyThatSomebodyElseSigned_isRefused() {
        EvaluationReply forged = room.sign(AlteredReply.reordered(reply), "bank-1");

        assertThat(check.check(evidence(EvidenceReason.PROOF_INVALID, request, forged)))
                .isEqualTo(new Refused(Fault.SIGNATURE));
        assertThat(
                        check.check(
                                evidence(
                                        EvidenceReason.PROOF_INVALID,
                                        request,
                                        AlteredReply.reordered(reply))))
                .isEqualTo(new Refused(Fault.SIGNATURE));
    }

    @Test
    void check_requestsThatTheAccusedDidNotSign_areRefused() {
        EvaluationRequest foreign = room.sign(request(7), "bank-2");

        assertThat(
                        check.check(
                                new Evidence(
                                        EvidenceReason.ID_REUSED,
                                        "bank-1",
                                        room.policy().hash(),
                                        Bytes.EMPTY,
                                        List.of(encoded(request), encoded(foreign)))))
                .isEqualTo(new Refused(Fault.SIGNATURE));
    }

    @Test
    void check_twoRequestsUnderTwoIds_areUnrelated() {
        assertThat(
                        check.check(
                                new Evidence(
                                        EvidenceReason.ID_REUSED,
                                        "bank-1",
                                        room.policy().hash(),
                                        Bytes.EMPTY,
                                        List.of(encoded(request), encoded(request(8))))))
                .isEqualTo(new Refused(Fault.UNRELATED));
    }

    @Test
    void check_otherKeyPolicyPartnerOrBytes_isRefused() {
        Evidence good =
                evidence(
                        EvidenceReason.PROOF_INVALID,
                        request,
                        room.sign(AlteredReply.reordered(reply), "bank-2"));
        Bytes otherKey = publicKey("bank-1");

        assertThat(check.check(good)).isInstanceOf(Convicts.class);
        assertThat(
                        check.check(
                                new Evidence(
                                        good.reason(),
                                        "bank-2",
                                        good.policyHash(),
                                        otherKey,
                                        good.records())))
                .isEqualTo(new Refused(Fault.OTHER_KEY));
        assertThat(
                        check.check(
                                new Evidence(
                                        good.reason(),
                                        "bank-2",
                                        Bytes32.ZERO,
                                        good.publicKey(),
                                        good.records())))
                .isEqualTo(new Refused(Fault.OTHER_POLICY));
        assertThat(
                        check.check(
                                new Evidence(
                                        good.reason(),
                                        "nobody",
                                        good.policyHash(),
                                        good.publicKey(),
                                        good.records())))
                .isEqualTo(new Refused(Fault.UNKNOWN_PARTNER));
        for (EvidenceReason reason : EvidenceReason.values()) {
            assertThat(
                            check.check(
                                    new Evidence(
                                            reason,
                                            "bank-2",
                                            good.policyHash(),
                                            good.publicKey(),
                                            List.of(Bytes.fromHex("00")))))
                    .isEqualTo(new Refused(Fault.UNDECODABLE));
        }
    }

    @Test
    void parse_ofWhatToJsonWrote_isTheSame() throws IOException {
        Evidence evidence = evidence(EvidenceReason.PROOF_INVALID, request, reply);

        assertThat(Evidence.parse(evidence.toJson())).isEqualTo(evidence);
    }

    @Test
    void parse_somethingElse_isRefused() {
        for (String text : List.of("", "0", "{}", "{\"reason\":\"SMELLS\"}")) {
            assertThatThrownBy(() -> Evidence.parse(text)).isInstanceOf(IOException.class);
        }
    }

    /** What bank-2 signed, whatever it says. */
    private EvidenceFinding against(EvidenceReason reason, EvaluationReply... replies) {
        return check.check(
                evidence(
                        reason,
                        request,
                        Stream.of(replies)
                                .map(signed -> room.sign(signed, "bank-2"))
                                .toArray(EvaluationReply[]::new)));
    }

    private Evidence evidence(
            EvidenceReason reason, EvaluationRequest shown, EvaluationReply... replies) {
        return new Evidence(
                reason,
                "bank-2",
                room.policy().hash(),
                publicKey("bank-2"),
                Stream.concat(
                                Stream.of(encoded(shown)),
                                Stream.of(replies)
                                        .map(one -> Bytes.of(Codecs.EVALUATION_REPLY.encode(one))))
                        .toList());
    }

    private Bytes publicKey(String partner) {
        return room.roomKeys("bank-1")
                .publicKeys(room.epoch())
                .orElseThrow()
                .key(room.policy().partnerIndex(partner).orElseThrow())
                .encoded();
    }

    private EvaluationRequest request(long id) {
        List<Bytes> elements = new VoprfRequester().blind(List.of(), 3).elements().encoded();
        return room.sign(
                new EvaluationRequest(
                        "bank-1",
                        "bank-2",
                        room.policy().hash(),
                        room.epoch(),
                        id,
                        elements,
                        Bytes.EMPTY),
                "bank-1");
    }

    private static Bytes encoded(EvaluationRequest shown) {
        return Bytes.of(Codecs.EVALUATION_REQUEST.encode(shown));
    }

    private TestingAgent evaluator(String state) throws IOException {
        return new TestingAgent(
                room.member("bank-2"),
                room.roomKeys("bank-2"),
                directory.resolve(state),
                Clock.systemUTC(),
                System::nanoTime,
                RetryTimes.DEFAULT,
                Runnable::run,
                Runnable::run,
                (evaluator, bytes) -> {});
    }
}
