package io.sealroom.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.schemas.release.SignedReleases;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecsTest {

    record Case<T>(RecordCodec<T> codec, T value) {
        @Override
        public String toString() {
            return codec.schema().schema().getName();
        }
    }

    static Stream<Case<?>> cases() {
        return Stream.of(
                new Case<>(Codecs.BLINDED_EVENT, Samples.exposure()),
                new Case<>(Codecs.BLINDED_EVENT, Samples.conversion()),
                new Case<>(Codecs.SEAL, Samples.seal()),
                new Case<>(Codecs.EVALUATION_REQUEST, Samples.request()),
                new Case<>(Codecs.EVALUATION_REPLY, Samples.reply()),
                new Case<>(Codecs.EVALUATION_REPLY, Samples.refusal()),
                new Case<>(Codecs.PENDING_RELEASE, Samples.pending()),
                new Case<>(Codecs.RELEASE, Samples.release()),
                new Case<>(Codecs.SIGNED_RELEASES, Samples.signedReleases()),
                new Case<>(
                        Codecs.WITHHELD,
                        new Withheld("q", 1, 2, WithheldReason.BROKEN, "publisher", 1)),
                new Case<>(
                        Codecs.WITHHELD,
                        new Withheld("q", 1, 2, WithheldReason.CONFLICT, null, null)),
                new Case<>(Codecs.REJECT, new Reject("publisher", 1, 77, RejectReason.SEAL_COUNT)),
                new Case<>(
                        Codecs.REJECT,
                        new Reject("publisher", 1, 77, RejectReason.SEAL_DIFFERS, 12L)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    <T> void decode_encoded_givesTheRecordBack(Case<T> sample) {
        assertThat(sample.codec().decode(sample.codec().encode(sample.value())))
                .isEqualTo(new Decoded.Ok<>(sample.value()));
    }

    /** Avro's own reader and writer agree with ours on every byte. */
    @ParameterizedTest
    @MethodSource("cases")
    <T> void encode_readAndWrittenByAvro_sameBytes(Case<T> sample) throws IOException {
        byte[] bytes = sample.codec().encode(sample.value());
        var schema = sample.codec().schema().schema();
        GenericRecord generic =
                new BinaryMessageDecoder<GenericRecord>(GenericData.get(), schema).decode(bytes);
        var buffer =
                new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(generic);
        byte[] written = new byte[buffer.remaining()];
        buffer.get(written);
        assertThat(written).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("cases")
    <T> void decode_trailingByte_isRefused(Case<T> sample) {
        byte[] bytes = sample.codec().encode(sample.value());
        assertThat(sample.codec().decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.TRAILING_BYTES));
    }

    @ParameterizedTest
    @MethodSource("cases")
    <T> void decode_everyPrefix_isRefused(Case<T> sample) {
        byte[] bytes = sample.codec().encode(sample.value());
        for (int length = 0; length < bytes.length; length++) {
            assertThat(sample.codec().decode(Arrays.copyOf(bytes, length)))
                    .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
        }
    }

    @Test
    void decode_otherSchema_isUnknown() {
        byte[] seal = Codecs.SEAL.encode(Samples.seal());
        assertThat(Codecs.BLINDED_EVENT.decode(seal))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNKNOWN_SCHEMA));
        assertThat(Codecs.SEAL.matches(seal)).isTrue();
        assertThat(Codecs.BLINDED_EVENT.matches(seal)).isFalse();
        assertThat(Codecs.SEAL.decode(new byte[0]))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
    }

    /** 40 bytes that ask for two billion tokens: refused before anything is allocated. */
    @Test
    void decode_hugeCount_isRefusedWithoutAllocating() {
        byte[] bytes = Codecs.BLINDED_EVENT.encode(Samples.exposure());
        int tokenCount = 10 + 16 + 2 + 1;
        assertThat(bytes[tokenCount]).isEqualTo((byte) 2);
        byte[] hostile = Arrays.copyOf(bytes, tokenCount + 6);
        byte[] hugeVarint = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0};
        System.arraycopy(hugeVarint, 0, hostile, tokenCount, hugeVarint.length);
        assertThat(Codecs.BLINDED_EVENT.decode(hostile))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
    }

    static Stream<Case<?>> negatives() {
        Seal seal = Samples.seal();
        WindowPart part = Samples.part();
        EvaluationRequest request = Samples.request();
        EvaluationReply reply = Samples.reply();
        return Stream.of(
                new Case<>(Codecs.SEAL, with(seal, -1, seal.from(), seal.to(), seal.count(), part)),
                new Case<>(Codecs.SEAL, with(seal, 0, -1, seal.to(), seal.count(), part)),
                new Case<>(Codecs.SEAL, with(seal, 0, seal.from(), -1, seal.count(), part)),
                new Case<>(Codecs.SEAL, with(seal, 0, seal.from(), seal.to(), -1, part)),
                new Case<>(Codecs.SEAL, with(seal, 0, seal.from(), seal.to(), 7, with(part, -1))),
                new Case<>(Codecs.EVALUATION_REQUEST, with(request, -1, request.requestId())),
                new Case<>(Codecs.EVALUATION_REQUEST, with(request, request.epoch(), -1)),
                new Case<>(Codecs.EVALUATION_REPLY, with(reply, -1, reply.requestId())),
                new Case<>(Codecs.EVALUATION_REPLY, with(reply, reply.epoch(), Long.MIN_VALUE)),
                new Case<>(Codecs.SIGNED_RELEASES, signed(-1, 2)),
                new Case<>(Codecs.SIGNED_RELEASES, signed(1, -2)),
                new Case<>(Codecs.PENDING_RELEASE, withScale("-1")),
                new Case<>(Codecs.PENDING_RELEASE, withScale("9".repeat(79))),
                new Case<>(Codecs.PENDING_RELEASE, withScale("0")),
                new Case<>(Codecs.PENDING_RELEASE, withMechanism(0, BigInteger.ONE)),
                new Case<>(Codecs.PENDING_RELEASE, withMechanism(3, BigInteger.ONE)),
                new Case<>(Codecs.PENDING_RELEASE, withMechanism(2, BigInteger.ZERO)),
                new Case<>(Codecs.PENDING_RELEASE, withStart(-1)),
                new Case<>(
                        Codecs.WITHHELD,
                        new Withheld("q", -1, 2, WithheldReason.BROKEN, "publisher", 1)),
                new Case<>(Codecs.REJECT, new Reject("publisher", 1, -1, RejectReason.SEAL_COUNT)),
                new Case<>(
                        Codecs.REJECT,
                        new Reject("publisher", 1, 1, RejectReason.SEAL_DIFFERS, -1L)));
    }

    /** Whoever decoded it would throw at its hash or its margin: one record could stop a job. */
    @ParameterizedTest
    @MethodSource("negatives")
    <T> void decode_numberThatNoHashCanHold_isRefused(Case<T> sample) {
        assertThat(sample.codec().decode(sample.codec().encode(sample.value())))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
    }

    private static Seal with(
            Seal seal, int partition, long from, long to, long count, WindowPart part) {
        return new Seal(
                partition,
                from,
                to,
                count,
                seal.head(),
                seal.policyHash(),
                seal.reanchor(),
                List.of(part),
                seal.signature());
    }

    private static WindowPart with(WindowPart part, long start) {
        return new WindowPart(
                start,
                part.end(),
                part.commitment(),
                part.commitmentSignature(),
                part.shareCommitment(),
                part.secrets());
    }

    private static EvaluationRequest with(EvaluationRequest request, long epoch, long requestId) {
        return new EvaluationRequest(
                request.requester(),
                request.evaluator(),
                request.policyHash(),
                epoch,
                requestId,
                request.elements(),
                request.signature());
    }

    private static EvaluationReply with(EvaluationReply reply, long epoch, long requestId) {
        return new EvaluationReply(
                reply.evaluator(),
                reply.requester(),
                reply.policyHash(),
                epoch,
                requestId,
                reply.request(),
                reply.status(),
                reply.elements(),
                reply.proof(),
                reply.signature());
    }

    private static SignedReleases signed(long start, long end) {
        SignedReleases sample = Samples.signedReleases();
        return new SignedReleases(start, end, sample.releases(), sample.signature());
    }

    private static PendingRelease withScale(String numerator) {
        MechanismEntry entry =
                new MechanismEntry(
                        Metric.OVERLAP_TOTAL,
                        MechanismEntry.DISCRETE_LAPLACE,
                        new BigInteger(numerator),
                        BigInteger.ONE,
                        BigInteger.TEN);
        return with(Samples.START, List.of(entry));
    }

    private static PendingRelease withMechanism(int mechanism, BigInteger denominator) {
        return with(
                Samples.START,
                List.of(
                        new MechanismEntry(
                                Metric.OVERLAP_TOTAL,
                                mechanism,
                                BigInteger.ONE,
                                denominator,
                                BigInteger.TEN)));
    }

    private static PendingRelease withStart(long start) {
        return with(start, Samples.pending().document().mechanisms());
    }

    private static PendingRelease with(long start, List<MechanismEntry> mechanisms) {
        PendingRelease pending = Samples.pending();
        ReleaseDocument document = pending.document();
        return new PendingRelease(
                new ReleaseDocument(
                        document.identity(),
                        document.semantics(),
                        document.query(),
                        start,
                        document.end(),
                        document.rows(),
                        mechanisms,
                        document.totals()),
                pending.root(),
                pending.releaseHash());
    }

    private static byte[] event(List<Token> tokens, String cell) {
        BlindedEvent sample = Samples.exposure();
        return Codecs.BLINDED_EVENT.encode(
                new BlindedEvent(
                        sample.eventId(),
                        sample.epoch(),
                        sample.identifierKind(),
                        tokens,
                        sample.kind(),
                        sample.eventTime(),
                        cell,
                        null));
    }

    @Test
    void decode_moreThanTheBound_isRefused() {
        List<Token> two = List.of(Token.NONE, Token.NONE);
        List<Token> three = List.of(Token.NONE, Token.NONE, Token.NONE);
        assertThat(Codecs.BLINDED_EVENT.decode(event(two, "c".repeat(64))).toOptional())
                .isPresent();
        assertThat(Codecs.BLINDED_EVENT.decode(event(three, "c")))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
        assertThat(Codecs.BLINDED_EVENT.decode(event(two, "c".repeat(65))))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
    }

    @Test
    void decode_signedReleases_takesOneTo64() {
        ReleaseEntry entry = Samples.signedReleases().releases().get(0);
        for (int count : new int[] {1, SignedReleases.RELEASES_MAX}) {
            SignedReleases releases =
                    SignedReleases.unsigned(1, 2, Collections.nCopies(count, entry))
                            .signed(Samples.signedReleases().signature());
            assertThat(Codecs.SIGNED_RELEASES.decode(Codecs.SIGNED_RELEASES.encode(releases)))
                    .isEqualTo(new Decoded.Ok<>(releases));
        }
        for (int count : new int[] {0, SignedReleases.RELEASES_MAX + 1}) {
            assertThat(Codecs.SIGNED_RELEASES.decode(signedReleases(count, entry)))
                    .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
        }
    }

    /** Written past the record, which would not take the number. */
    private static byte[] signedReleases(int count, ReleaseEntry entry) {
        return new RecordWriter(Codecs.SIGNED_RELEASES.schema())
                .int64(1)
                .int64(2)
                .list(
                        Collections.nCopies(count, entry),
                        (w, e) -> w.bytes32(e.query()).bytes32(e.releaseHash()))
                .fixed(Samples.signedReleases().signature(), Secp256k1.SIGNATURE_LENGTH)
                .toBytes();
    }

    @Test
    void construct_signedReleasesOfAnotherNumber_isRefused() {
        ReleaseEntry entry = Samples.signedReleases().releases().get(0);
        assertThatThrownBy(() -> SignedReleases.unsigned(1, 2, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("releases must be 1 to 64, got 0");
        assertThatThrownBy(() -> SignedReleases.unsigned(1, 2, Collections.nCopies(65, entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("releases must be 1 to 64, got 65");
        assertThatThrownBy(
                        () ->
                                Codecs.SIGNED_RELEASES.encode(
                                        SignedReleases.unsigned(1, 2, List.of(entry))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value must be 65 bytes, got 0");
    }

    /** Avro may cut a list into blocks: the bound holds for their sum. */
    @Test
    void decode_moreThanTheBoundInTwoBlocks_isRefused() {
        byte[] two = event(List.of(Token.NONE, Token.NONE), "c");
        int blockEnd = 10 + 16 + 2 + 1 + 1 + 2 * Token.LENGTH;
        byte[] hostile = new byte[two.length + 1 + Token.LENGTH];
        System.arraycopy(two, 0, hostile, 0, blockEnd);
        hostile[blockEnd] = 2;
        System.arraycopy(
                two, blockEnd, hostile, blockEnd + 1 + Token.LENGTH, two.length - blockEnd);
        assertThat(Codecs.BLINDED_EVENT.decode(hostile))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
    }

    /** A text that says it has two billion bytes: an allocation of that size ends the process. */
    @Test
    void decode_hugeText_isRefusedWithoutAllocating() {
        byte[] bytes = event(List.of(), "c");
        int length = bytes.length - 3;
        assertThat(bytes[length]).isEqualTo((byte) 2);
        byte[] hostile = Arrays.copyOf(bytes, length + 6);
        byte[] hugeVarint = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'c'};
        System.arraycopy(hugeVarint, 0, hostile, length, hugeVarint.length);
        assertThat(Codecs.BLINDED_EVENT.decode(hostile))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
    }

    /** Bytes of the schema that had no {@code contradicts}; topics still hold such records. */
    @Test
    void decode_rejectOfTheEarlierSchema_isRead() {
        byte[] bytes =
                HexFormat.of()
                        .parseHex(
                                "c3011e256f778beda25d127075626c6973686572029a01"
                                        + "145345414c5f434f554e54");
        assertThat(Codecs.REJECT.matches(bytes)).isTrue();
        assertThat(Codecs.REJECT.decode(bytes))
                .isEqualTo(
                        new Decoded.Ok<>(
                                new Reject("publisher", 1, 77, RejectReason.SEAL_COUNT, null)));
        assertThat(Codecs.REJECT.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.TRAILING_BYTES));
        assertThat(Codecs.REJECT.decode(Arrays.copyOf(bytes, bytes.length - 1)))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
    }

    /** Names of reasons stand in topics for ever: a renamed one makes old records unreadable. */
    @Test
    void rejectReasons_keepTheirNames() {
        assertThat(Stream.of(RejectReason.values()).map(Enum::name))
                .containsExactly(
                        "UNDECODABLE",
                        "UNKNOWN_SCHEMA",
                        "TRAILING_BYTES",
                        "OVERSIZE",
                        "WRONG_EPOCH",
                        "WRONG_TOKEN_COUNT",
                        "ZERO_TOKEN",
                        "OUTSIDE_ROOM",
                        "LATE",
                        "TOO_EARLY",
                        "UNKNOWN_CELL",
                        "CELL_ON_CONVERSION",
                        "VALUE_ON_EXPOSURE",
                        "MISSING_VALUE",
                        "NEGATIVE_VALUE",
                        "SEAL_POLICY",
                        "SEAL_PARTITION",
                        "SEAL_SIGNATURE",
                        "SEAL_ORDER",
                        "SEAL_SLICE",
                        "SEAL_COUNT",
                        "SEAL_HEAD",
                        "SEAL_WINDOWS",
                        "SEAL_REPEATED",
                        "SEAL_DIFFERS");
    }

    /**
     * Lists within lists of a seal, with any of its bytes the largest number that Avro can write. A
     * number may well be one; a count or length is compared with its bound before it costs memory.
     */
    @Test
    void decode_sealWithHugeNumberAnywhere_costsNoMoreThanItsBytes() {
        byte[] seal = Codecs.SEAL.encode(Samples.seal());
        byte[] huge = {
            (byte) 0xfe,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            1
        };
        for (int at = RecordSchema.HEADER_LENGTH; at < seal.length; at++) {
            byte[] hostile = new byte[seal.length + huge.length - 1];
            System.arraycopy(seal, 0, hostile, 0, at);
            System.arraycopy(huge, 0, hostile, at, huge.length);
            System.arraycopy(seal, at + 1, hostile, at + huge.length, seal.length - at - 1);
            Codecs.SEAL
                    .decode(hostile)
                    .toOptional()
                    .ifPresent(
                            record ->
                                    assertThat(Codecs.SEAL.encode(record))
                                            .hasSizeLessThanOrEqualTo(hostile.length));
        }
    }

    /** A replacement character would make equal texts of different bytes. */
    @Test
    void decode_textThatIsNotUtf8_isRefused() {
        byte[] bytes = event(List.of(), "c");
        bytes[bytes.length - 2] = (byte) 0xff;
        assertThat(Codecs.BLINDED_EVENT.decode(bytes))
                .isEqualTo(new Decoded.Refused<>(Decoded.Fault.UNDECODABLE));
    }

    @Test
    void encode_signatureOfOtherLength_isRefused() {
        Seal bad = Samples.seal().signed(io.sealroom.schemas.hash.Bytes.fromHex("44".repeat(64)));
        assertThatThrownBy(() -> Codecs.SEAL.encode(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value must be 65 bytes, got 64");
    }

    @Test
    void toString_event_showsNoTokenCellOrValue() {
        assertThat(Samples.conversion().toString())
                .isEqualTo("BlindedEvent[PHONE CONVERSION epoch 730]");
        assertThat(Token.of(new byte[32]).toString()).isEqualTo("Token[00000000...]");
    }
}
