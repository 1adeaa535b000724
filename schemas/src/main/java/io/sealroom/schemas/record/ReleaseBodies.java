package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Receipt;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.schemas.release.SignedReleases;
import io.sealroom.schemas.release.TotalsEntry;
import java.io.IOException;
import java.math.BigInteger;

/** Avro bodies of pending, signed and final releases. */
final class ReleaseBodies {

    /** More rows than a policy may ask for. */
    static final int ROWS_MAX = 65_536;

    private static final int FAMILIES_MAX = 64;
    private static final int DIGITS_MAX = 80;
    private static final int LABEL_BYTES_MAX = 64;

    private ReleaseBodies() {}

    static final class Pending implements RecordCodec.Body<PendingRelease> {
        @Override
        public void write(RecordWriter writer, PendingRelease pending) {
            writePending(writer, pending);
        }

        @Override
        public PendingRelease read(BoundedReader reader) throws IOException {
            return readPending(reader);
        }
    }

    static final class Final implements RecordCodec.Body<Release> {
        @Override
        public void write(RecordWriter writer, Release release) {
            writePending(writer, release.pending());
            Receipt receipt = release.receipt();
            writer.bytes32(receipt.transaction())
                    .int64(receipt.blockNumber())
                    .bytes32(receipt.blockHash());
        }

        @Override
        public Release read(BoundedReader reader) throws IOException {
            return new Release(
                    readPending(reader),
                    new Receipt(reader.bytes32(), reader.notNegative64(), reader.bytes32()));
        }
    }

    static final class Signed implements RecordCodec.Body<SignedReleases> {
        @Override
        public void write(RecordWriter writer, SignedReleases signed) {
            writer.int64(signed.start())
                    .int64(signed.end())
                    .list(
                            signed.releases(),
                            (w, entry) -> w.bytes32(entry.query()).bytes32(entry.releaseHash()))
                    .fixed(signed.signature(), Secp256k1.SIGNATURE_LENGTH);
        }

        /** A list without a release is refused by the record itself. */
        @Override
        public SignedReleases read(BoundedReader reader) throws IOException {
            return new SignedReleases(
                    reader.notNegative64(),
                    reader.notNegative64(),
                    reader.list(
                            SignedReleases.RELEASES_MAX,
                            r -> new ReleaseEntry(r.bytes32(), r.bytes32())),
                    reader.fixedBytes(Secp256k1.SIGNATURE_LENGTH));
        }
    }

    private static void writePending(RecordWriter writer, PendingRelease pending) {
        ReleaseDocument document = pending.document();
        RoomIdentity identity = document.identity();
        writer.int32(document.semantics())
                .int64(identity.chainId())
                .fixed(identity.contract().toBytes(), Address.LENGTH)
                .text(identity.room())
                .bytes32(identity.policyHash())
                .text(document.query())
                .int64(document.start())
                .int64(document.end())
                .list(document.rows(), ReleaseBodies::writeRow)
                .list(document.mechanisms(), ReleaseBodies::writeMechanism)
                .list(
                        document.totals(),
                        (w, entry) ->
                                w.text(entry.partner())
                                        .bytes32(entry.commitment())
                                        .fixed(entry.signature(), Secp256k1.SIGNATURE_LENGTH))
                .bytes32(pending.root())
                .bytes32(pending.releaseHash());
    }

    private static PendingRelease readPending(BoundedReader reader) throws IOException {
        int semantics = reader.notNegative32();
        long chainId = reader.notNegative64();
        Address contract = Address.of(reader.fixed(Address.LENGTH));
        String room = reader.text(Codecs.NAME_BYTES_MAX);
        RoomIdentity identity = new RoomIdentity(chainId, contract, room, reader.bytes32());
        ReleaseDocument document =
                new ReleaseDocument(
                        identity,
                        semantics,
                        reader.text(Codecs.QUERY_BYTES_MAX),
                        reader.notNegative64(),
                        reader.notNegative64(),
                        reader.list(ROWS_MAX, ReleaseBodies::readRow),
                        reader.list(FAMILIES_MAX, ReleaseBodies::readMechanism),
                        reader.list(
                                FAMILIES_MAX,
                                r ->
                                        new TotalsEntry(
                                                r.text(Codecs.NAME_BYTES_MAX),
                                                r.bytes32(),
                                                r.fixedBytes(Secp256k1.SIGNATURE_LENGTH))));
        return new PendingRelease(document, reader.bytes32(), reader.bytes32());
    }

    private static void writeRow(RecordWriter writer, ReleaseRow row) {
        RowKey key = row.key();
        writer.int32(key.index())
                .text(key.label())
                .bytes32(key.cell())
                .int32(key.metric().code())
                .int32(row.status().code())
                .bytes(row.value().toByteArray())
                .bytes32(row.salt());
    }

    private static ReleaseRow readRow(BoundedReader reader) throws IOException {
        int index = reader.notNegative32();
        String label = reader.text(LABEL_BYTES_MAX);
        Bytes32 cell = reader.bytes32();
        Metric metric = metric(reader);
        RowStatus status =
                RowStatus.ofCode(reader.int32())
                        .orElseThrow(() -> new IOException("unknown status"));
        BigInteger value = new BigInteger(reader.bytes(Bytes32.LENGTH));
        return new ReleaseRow(
                new RowKey(index, metric, label, cell), status, value, reader.bytes32());
    }

    private static void writeMechanism(RecordWriter writer, MechanismEntry entry) {
        writer.int32(entry.metric().code())
                .int32(entry.mechanism())
                .text(entry.scaleNumerator().toString())
                .text(entry.scaleDenominator().toString())
                .text(entry.threshold().toString());
    }

    private static MechanismEntry readMechanism(BoundedReader reader) throws IOException {
        MechanismEntry entry =
                new MechanismEntry(
                        metric(reader),
                        reader.notNegative32(),
                        digits(reader),
                        digits(reader),
                        digits(reader));
        if (!entry.isNoise()) {
            throw new IOException("no noise");
        }
        return entry;
    }

    private static BigInteger digits(BoundedReader reader) throws IOException {
        BigInteger value = new BigInteger(reader.text(DIGITS_MAX));
        if (value.signum() < 0 || value.bitLength() > Bytes32.LENGTH * Byte.SIZE) {
            throw new IOException("not a uint256");
        }
        return value;
    }

    private static Metric metric(BoundedReader reader) throws IOException {
        return Metric.ofCode(reader.int32()).orElseThrow(() -> new IOException("unknown metric"));
    }
}
