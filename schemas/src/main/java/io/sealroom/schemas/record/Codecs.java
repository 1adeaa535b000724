package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.SignedReleases;
import java.io.IOException;

/** The codec of every record type of the protocol. */
public final class Codecs {

    public static final RecordCodec<BlindedEvent> BLINDED_EVENT =
            new RecordCodec<>("BlindedEvent", new BlindedEventBody());
    public static final RecordCodec<Seal> SEAL = new RecordCodec<>("Seal", new SealBody());
    public static final RecordCodec<EvaluationRequest> EVALUATION_REQUEST =
            new RecordCodec<>("EvaluationRequest", new EvaluationRequestBody());
    public static final RecordCodec<EvaluationReply> EVALUATION_REPLY =
            new RecordCodec<>("EvaluationReply", new EvaluationReplyBody());
    public static final RecordCodec<PendingRelease> PENDING_RELEASE =
            new RecordCodec<>("PendingRelease", new ReleaseBodies.Pending());
    public static final RecordCodec<SignedReleases> SIGNED_RELEASES =
            new RecordCodec<>("SignedReleases", new ReleaseBodies.Signed());
    public static final RecordCodec<Release> RELEASE =
            new RecordCodec<>("Release", new ReleaseBodies.Final());
    public static final RecordCodec<Withheld> WITHHELD =
            new RecordCodec<>("Withheld", new WithheldBody());
    public static final RecordCodec<Reject> REJECT =
            new RecordCodec<>(
                    "Reject",
                    new RejectBody(),
                    new RecordCodec.Earlier<>(
                            RecordSchema.load("Reject-1"), RejectBody::readFirst));

    static final int NAME_BYTES_MAX = 40;
    static final int CODE_BYTES_MAX = 40;
    static final int QUERY_BYTES_MAX = 64;

    private Codecs() {}

    private static final class BlindedEventBody implements RecordCodec.Body<BlindedEvent> {
        @Override
        public void write(RecordWriter writer, BlindedEvent event) {
            writer.fixed(event.eventId().toBytes(), EventId.LENGTH)
                    .int64(event.epoch())
                    .symbol(event.identifierKind())
                    .list(event.tokens(), (w, token) -> w.fixed(token.toBytes(), Token.LENGTH))
                    .symbol(event.kind())
                    .int64(event.eventTime())
                    .nullable(event.cell(), RecordWriter::text)
                    .nullable(event.value(), RecordWriter::int64);
        }

        @Override
        public BlindedEvent read(BoundedReader reader) throws IOException {
            return new BlindedEvent(
                    EventId.of(reader.fixed(EventId.LENGTH)),
                    reader.int64(),
                    reader.symbol(IdentifierKind.class),
                    reader.list(BlindedEvent.TOKENS_MAX, r -> Token.of(r.fixed(Token.LENGTH))),
                    reader.symbol(EventKind.class),
                    reader.int64(),
                    reader.nullable(r -> r.text(BlindedEvent.CELL_BYTES_MAX)),
                    reader.nullable(BoundedReader::int64));
        }
    }

    private static final class SealBody implements RecordCodec.Body<Seal> {
        @Override
        public void write(RecordWriter writer, Seal seal) {
            writer.int32(seal.partition())
                    .int64(seal.from())
                    .int64(seal.to())
                    .int64(seal.count())
                    .bytes32(seal.head())
                    .bytes32(seal.policyHash())
                    .bool(seal.reanchor())
                    .list(seal.windows(), SealBody::writePart)
                    .fixed(seal.signature(), Secp256k1.SIGNATURE_LENGTH);
        }

        private static void writePart(RecordWriter writer, WindowPart part) {
            writer.int64(part.start())
                    .int64(part.end())
                    .bytes32(part.commitment())
                    .fixed(part.commitmentSignature(), Secp256k1.SIGNATURE_LENGTH)
                    .bytes32(part.shareCommitment())
                    .list(
                            part.secrets(),
                            (w, secret) ->
                                    w.text(secret.recipient())
                                            .bytes32(secret.enc())
                                            .fixed(
                                                    secret.ciphertext(),
                                                    RecipientSecret.CIPHERTEXT_LENGTH));
        }

        @Override
        public Seal read(BoundedReader reader) throws IOException {
            return new Seal(
                    reader.notNegative32(),
                    reader.notNegative64(),
                    reader.notNegative64(),
                    reader.notNegative64(),
                    reader.bytes32(),
                    reader.bytes32(),
                    reader.bool(),
                    reader.list(Seal.WINDOWS_MAX, SealBody::readPart),
                    reader.fixedBytes(Secp256k1.SIGNATURE_LENGTH));
        }

        private static WindowPart readPart(BoundedReader reader) throws IOException {
            return new WindowPart(
                    reader.notNegative64(),
                    reader.notNegative64(),
                    reader.bytes32(),
                    reader.fixedBytes(Secp256k1.SIGNATURE_LENGTH),
                    reader.bytes32(),
                    reader.list(
                            WindowPart.SECRETS_MAX,
                            r ->
                                    new RecipientSecret(
                                            r.text(NAME_BYTES_MAX),
                                            r.bytes32(),
                                            r.fixedBytes(RecipientSecret.CIPHERTEXT_LENGTH))));
        }
    }

    private static final class EvaluationRequestBody
            implements RecordCodec.Body<EvaluationRequest> {
        @Override
        public void write(RecordWriter writer, EvaluationRequest request) {
            writer.text(request.requester())
                    .text(request.evaluator())
                    .bytes32(request.policyHash())
                    .int64(request.epoch())
                    .int64(request.requestId())
                    .list(
                            request.elements(),
                            (w, element) -> w.fixed(element, EvaluationRequest.ELEMENT_LENGTH))
                    .fixed(request.signature(), Secp256k1.SIGNATURE_LENGTH);
        }

        @Override
        public EvaluationRequest read(BoundedReader reader) throws IOException {
            return new EvaluationRequest(
                    reader.text(NAME_BYTES_MAX),
                    reader.text(NAME_BYTES_MAX),
                    reader.bytes32(),
                    reader.notNegative64(),
                    reader.notNegative64(),
                    reader.list(
                            EvaluationRequest.ELEMENTS_MAX,
                            r -> r.fixedBytes(EvaluationRequest.ELEMENT_LENGTH)),
                    reader.fixedBytes(Secp256k1.SIGNATURE_LENGTH));
        }
    }

    private static final class EvaluationReplyBody implements RecordCodec.Body<EvaluationReply> {
        @Override
        public void write(RecordWriter writer, EvaluationReply reply) {
            writer.text(reply.evaluator())
                    .text(reply.requester())
                    .bytes32(reply.policyHash())
                    .int64(reply.epoch())
                    .int64(reply.requestId())
                    .bytes32(reply.request())
                    .symbol(reply.status())
                    .list(
                            reply.elements(),
                            (w, element) -> w.fixed(element, EvaluationRequest.ELEMENT_LENGTH))
                    .nullable(
                            reply.proof().length() == 0 ? null : reply.proof(),
                            (w, proof) -> w.fixed(proof, EvaluationReply.PROOF_LENGTH))
                    .fixed(reply.signature(), Secp256k1.SIGNATURE_LENGTH);
        }

        @Override
        public EvaluationReply read(BoundedReader reader) throws IOException {
            String evaluator = reader.text(NAME_BYTES_MAX);
            String requester = reader.text(NAME_BYTES_MAX);
            var policyHash = reader.bytes32();
            long epoch = reader.notNegative64();
            long requestId = reader.notNegative64();
            var request = reader.bytes32();
            ReplyStatus status = reader.symbol(ReplyStatus.class);
            var elements =
                    reader.list(
                            EvaluationRequest.ELEMENTS_MAX,
                            r -> r.fixedBytes(EvaluationRequest.ELEMENT_LENGTH));
            var proof = reader.nullable(r -> r.fixedBytes(EvaluationReply.PROOF_LENGTH));
            return new EvaluationReply(
                    evaluator,
                    requester,
                    policyHash,
                    epoch,
                    requestId,
                    request,
                    status,
                    elements,
                    proof == null ? io.sealroom.schemas.hash.Bytes.EMPTY : proof,
                    reader.fixedBytes(Secp256k1.SIGNATURE_LENGTH));
        }
    }

    private static final class WithheldBody implements RecordCodec.Body<Withheld> {
        @Override
        public void write(RecordWriter writer, Withheld withheld) {
            writer.text(withheld.query())
                    .int64(withheld.start())
                    .int64(withheld.end())
                    .text(withheld.reason().name())
                    .nullable(withheld.partner(), RecordWriter::text)
                    .nullable(withheld.partition(), RecordWriter::int32);
        }

        @Override
        public Withheld read(BoundedReader reader) throws IOException {
            return new Withheld(
                    reader.text(QUERY_BYTES_MAX),
                    reader.notNegative64(),
                    reader.notNegative64(),
                    WithheldReason.valueOf(reader.text(CODE_BYTES_MAX)),
                    reader.nullable(r -> r.text(NAME_BYTES_MAX)),
                    reader.nullable(BoundedReader::notNegative32));
        }
    }

    private static final class RejectBody implements RecordCodec.Body<Reject> {
        @Override
        public void write(RecordWriter writer, Reject reject) {
            writer.text(reject.partner())
                    .int32(reject.partition())
                    .int64(reject.offset())
                    .text(reject.reason().name())
                    .nullable(reject.contradicts(), RecordWriter::int64);
        }

        @Override
        public Reject read(BoundedReader reader) throws IOException {
            Reject first = readFirst(reader);
            return new Reject(
                    first.partner(),
                    first.partition(),
                    first.offset(),
                    first.reason(),
                    reader.nullable(BoundedReader::notNegative64));
        }

        /** Before a reject could name another record. */
        private static Reject readFirst(BoundedReader reader) throws IOException {
            return new Reject(
                    reader.text(NAME_BYTES_MAX),
                    reader.notNegative32(),
                    reader.notNegative64(),
                    RejectReason.valueOf(reader.text(CODE_BYTES_MAX)));
        }
    }
}
