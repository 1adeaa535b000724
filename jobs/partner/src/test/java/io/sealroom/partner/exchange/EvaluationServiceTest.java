package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.oprf.BlindedBatch;
import io.sealroom.privacy.oprf.Evaluation;
import io.sealroom.privacy.oprf.EvaluationOutcome;
import io.sealroom.privacy.oprf.OprfInput;
import io.sealroom.privacy.oprf.VoprfRequester;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.ReplyStatus;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvaluationServiceTest {

    private final TestRoom room = TestRoom.file("test-room");
    private final long epoch = room.policy().firstEpoch();
    private final EvaluationService service = service(room.roomKeys("advertiser"));
    private final BlindedBatch batch = batch();

    @Test
    void answer_validRequest_isSignedAndItsProofHolds() {
        EvaluationRequest request = request(1);

        EvaluationReply reply = reply(service.answer(encode(request)));

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

        byte[] first = bytes(service.answer(request));
        bytes(service.answer(encode(request(2))));

        assertThat(bytes(service.answer(request))).isEqualTo(first);
    }

    @Test
    void answer_sameIdForOtherElements_isMalformed() {
        bytes(service.answer(encode(request(1))));
        EvaluationRequest other = sign(request(1, epoch, batch().elements().encoded()));

        assertThat(reply(service.answer(encode(other))).status()).isEqualTo(ReplyStatus.MALFORMED);
    }

    @Test
    void answer_idBelowOneSeen_isEvicted() {
        bytes(service.answer(encode(request(5))));

        assertThat(reply(service.answer(encode(request(4)))).status())
                .isEqualTo(ReplyStatus.EVICTED);
    }

    @Test
    void answer_idThatFellOutOfMemory_isEvicted() {
        byte[] first = encode(sign(request(1, epoch, List.of(noElement()))));
        for (long id = 1; id <= ReplyMemory.REMEMBERED_MAX + 1; id++) {
            bytes(service.answer(encode(sign(request(id, epoch, List.of(noElement()))))));
        }

        assertThat(reply(service.answer(first)).status()).isEqualTo(ReplyStatus.EVICTED);
    }

    @Test
    void answer_epochOutsideTheRoom_isWrongEpoch() {
        EvaluationRequest request = sign(request(1, epoch + 1, batch.elements().encoded()));

        EvaluationReply reply = reply(service.answer(encode(request)));

        assertThat(reply.status()).isEqualTo(ReplyStatus.WRONG_EPOCH);
        assertThat(reply.elements()).isEmpty();
        assertThat(reply.proof()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void answer_elementThatIsNoPoint_isMalformed() {
        EvaluationRequest request = sign(request(1, epoch, List.of(noElement())));

        assertThat(reply(service.answer(encode(request))).status())
                .isEqualTo(ReplyStatus.MALFORMED);
    }

    @Test
    void answer_noElement_isMalformed() {
        EvaluationRequest request = sign(request(1, epoch, List.of()));

        assertThat(reply(service.answer(encode(request))).status())
                .isEqualTo(ReplyStatus.MALFORMED);
    }

    @Test
    void answer_publicKeysIncomplete_isNotReady() throws AgentException {
        var keys = new TreeMap<>(room.roomFile().oprfKeys());
        keys.remove("publisher");
        Membership member =
                Membership.of(
                        room.policy(),
                        new RoomFile(31337, room.roomFile().contract(), 1, keys),
                        room.keys("advertiser"),
                        "advertiser");

        assertThat(reply(service(RoomKeys.of(member)).answer(encode(request(1)))).status())
                .isEqualTo(ReplyStatus.NOT_READY);
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
        service.answer(encode(request.signed(Bytes.of(new byte[65]))));

        assertThat(reply(service.answer(encode(request(1)))).status()).isEqualTo(ReplyStatus.OK);
    }

    private EvaluationService service(RoomKeys keys) {
        return new EvaluationService(
                room.member("advertiser"),
                keys,
                new EpochRule(room.policy(), Clock.systemUTC()),
                Runnable::run);
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
        assertThat(service.answer(bytes)).isEqualTo(new Answer.Dropped(reason));
    }
}
