package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Secp256k1;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Version 2: u64 start || u64 end || u32 releases, each u32 length and a PendingRelease in
 * single-object encoding || u32 signatures, each 20 bytes of address and 65 of signature. Version 1
 * was a pending release alone, without signatures of other nodes.
 */
final class QuorumOfferSerializer implements SimpleVersionedSerializer<QuorumOffer> {

    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(QuorumOffer offer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.write(offer.window().toBytes());
            out.writeInt(offer.releases().size());
            for (CheckedPending release : offer.releases()) {
                out.writeInt(release.value().length);
                out.write(release.value());
            }
            out.writeInt(offer.signatures().size());
            for (QuorumSignature signature : offer.signatures()) {
                out.write(signature.node().toBytes());
                out.write(signature.signature());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public QuorumOffer deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    String.format(
                            "state of the contract sink must be version %d, got version %d: it was written"
                                    + " by another version of this program. Start this one without state;"
                                    + " the pending topic holds all that was not published. It then"
                                    + " signs every window of the room again, and writes every release"
                                    + " and every window that its gate withheld once more to the"
                                    + " node's releases and withheld topics, with the same bytes.",
                            VERSION, version));
        }
        try {
            return read(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException | IllegalArgumentException | IllegalStateException e) {
            throw new IOException("state of the contract sink is no list of offers", e);
        }
    }

    private static QuorumOffer read(ByteBuffer in) {
        WindowBounds window = new WindowBounds(in.getLong(), in.getLong());
        List<CheckedPending> releases = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            releases.add(CheckedPending.restored(take(in, in.getInt())));
        }
        List<QuorumSignature> signatures = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            Address node = Address.of(take(in, Address.LENGTH));
            signatures.add(new QuorumSignature(node, take(in, Secp256k1.SIGNATURE_LENGTH)));
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("bytes are left over");
        }
        return new QuorumOffer(window, releases, signatures);
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }
}
