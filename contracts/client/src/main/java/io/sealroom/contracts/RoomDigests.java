package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Int256;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * What is signed and hashed for a Room and its ledger, as PROTOCOL.md sections 4, 6 and 8,
 * IRoom.sol and IBudgetLedger.sol define it. Digests are EIP-712, domain "Sealroom" version "1".
 */
public final class RoomDigests {

    private static final Word DOMAIN_TYPE =
            id(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final Word APPROVAL_TYPE =
            id("Approval(bytes32 policyHash,bytes32 configuration,bytes32 keys)");
    private static final Word TOTALS_TYPE =
            id(
                    "Totals(bytes32 partner,bytes32 policyHash,uint64 start,uint64 end,bytes32 commitment)");
    private static final Word RELEASES_TYPE =
            id(
                    "Releases(bytes32 policyHash,uint64 start,uint64 end,Release[] releases)"
                            + "Release(bytes32 query,bytes32 releaseHash)");
    private static final Word RELEASE_TYPE = id("Release(bytes32 query,bytes32 releaseHash)");
    private static final Word LEAVE_TYPE =
            id("Leave(bytes32 partner,bytes32 policyHash,uint64 epoch)");

    private RoomDigests() {}

    /** keccak256 of the text: ids of rooms, partners and queries. */
    public static Word id(String text) {
        return Word.of(Hash.sha3(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** keccak256(abi.encode(configuration)), what partners approve and the contract states. */
    public static Word configurationHash(RoomConfiguration configuration) {
        return hash(List.of(AbiTypes.configuration(configuration)));
    }

    /** The EIP-712 domain separator of a room. */
    public static Word domainSeparator(RoomLocation room) {
        return hash(
                List.of(
                        bytes(DOMAIN_TYPE),
                        bytes(id("Sealroom")),
                        bytes(id("1")),
                        new Uint256(room.chainId()),
                        new Address(room.contract().hex())));
    }

    /** Id of a data set in the ledger: keccak256(abi.encode(owner, name)). */
    public static Word dataset(Account owner, Word name) {
        return hash(List.of(new Address(owner.hex()), bytes(name)));
    }

    /**
     * What a partner binds itself to when it approves.
     *
     * @param partner keccak256 of its name
     * @param keys one per epoch of the room, rising
     */
    public static Word keysCommitment(Word partner, List<EpochKey> keys) {
        List<Room.Key> structs = keys.stream().map(AbiTypes::key).toList();
        return hash(
                List.of(
                        bytes(id("sealroom/keys/v1")),
                        bytes(partner),
                        new DynamicArray<>(Room.Key.class, structs)));
    }

    /**
     * What the challenge of a {@link KeyProof} is the remainder of, mod n.
     *
     * @param roomId keccak256 of the room's id
     * @param partner keccak256 of its name
     * @param r of the proof
     */
    public static Word keyChallenge(
            RoomLocation room, Word roomId, Word partner, long epoch, EpochKey key, Word r) {
        return hash(
                List.of(
                        bytes(id("sealroom/key-proof/v1")),
                        new Uint256(room.chainId()),
                        new Address(room.contract().hex()),
                        bytes(roomId),
                        bytes(partner),
                        new Uint256(epoch),
                        bytes(key.x()),
                        bytes(key.y()),
                        bytes(r)));
    }

    /**
     * What an approver signs to approve.
     *
     * @param keys {@link #keysCommitment}
     */
    public static Word approval(RoomLocation room, Word configurationHash, Word keys) {
        return digest(
                room,
                List.of(
                        bytes(APPROVAL_TYPE),
                        bytes(room.policyHash()),
                        bytes(configurationHash),
                        bytes(keys)));
    }

    /**
     * What an approver signs to end its partner's participation.
     *
     * @param epoch the first one that it does not take part in
     */
    public static Word leave(RoomLocation room, Word partner, long epoch) {
        return digest(
                room,
                List.of(
                        bytes(LEAVE_TYPE),
                        bytes(partner),
                        bytes(room.policyHash()),
                        new Uint256(epoch)));
    }

    /** What a supplying partner signs to commit to its input of a window. */
    public static Word totals(
            RoomLocation room, Word partner, long start, long end, Word commitment) {
        return digest(
                room,
                List.of(
                        bytes(TOTALS_TYPE),
                        bytes(partner),
                        bytes(room.policyHash()),
                        new Uint256(start),
                        new Uint256(end),
                        bytes(commitment)));
    }

    /** What a node signs to publish: the releases of a window, in this order. */
    public static Word releases(
            RoomLocation room, long start, long end, List<SignedRelease> releases) {
        ByteBuffer structs = ByteBuffer.allocate(releases.size() * Word.LENGTH);
        for (SignedRelease release : releases) {
            Word struct =
                    hash(
                            List.of(
                                    bytes(RELEASE_TYPE),
                                    bytes(release.query()),
                                    bytes(release.releaseHash())));
            structs.put(struct.toBytes());
        }
        return digest(
                room,
                List.of(
                        bytes(RELEASES_TYPE),
                        bytes(room.policyHash()),
                        new Uint256(start),
                        new Uint256(end),
                        new Bytes32(Hash.sha3(structs.array()))));
    }

    /** keccak256(abi.encode(commitments)): what the contract stores of a window's totals. */
    public static Word totalsHash(List<Word> commitments) {
        List<Bytes32> words = commitments.stream().map(RoomDigests::bytes).toList();
        return hash(List.of(new DynamicArray<>(Bytes32.class, words)));
    }

    /**
     * The release hash of PROTOCOL.md section 8, computed from what an offer contains; the hash
     * that it states is not read.
     *
     * @param roomId keccak256 of the room's id
     * @param totals {@link #totalsHash} of the supplying partners' commitments
     */
    public static Word releaseHash(
            RoomLocation room,
            Word roomId,
            int semantics,
            long start,
            long end,
            Word totals,
            ReleaseOffer release) {
        return hash(
                List.of(
                        bytes(id("sealroom/release/v1")),
                        new Uint256(semantics),
                        new Uint256(room.chainId()),
                        new Address(room.contract().hex()),
                        bytes(roomId),
                        bytes(room.policyHash()),
                        bytes(release.query()),
                        new Uint256(start),
                        new Uint256(end),
                        new Uint256(release.rowCount()),
                        bytes(release.root()),
                        bytes(totals),
                        bytes(release.mechanisms())));
    }

    /** The leaf of a row in its release's OpenZeppelin StandardMerkleTree. */
    public static Word rowLeaf(ReleasedRow row) {
        Word inner =
                hash(
                        List.of(
                                new Uint256(row.index()),
                                bytes(row.query()),
                                new Uint256(row.start()),
                                new Uint256(row.end()),
                                bytes(row.cell()),
                                new Uint256(row.metric()),
                                new Uint256(row.status()),
                                new Int256(row.value()),
                                bytes(row.salt())));
        return Word.of(Hash.sha3(inner.toBytes()));
    }

    private static Word digest(RoomLocation room, List<Type<?>> struct) {
        byte[] message = new byte[2 + 2 * Word.LENGTH];
        message[0] = 0x19;
        message[1] = 0x01;
        System.arraycopy(domainSeparator(room).toBytes(), 0, message, 2, Word.LENGTH);
        System.arraycopy(hash(struct).toBytes(), 0, message, 2 + Word.LENGTH, Word.LENGTH);
        return Word.of(Hash.sha3(message));
    }

    // The library's own signatures use the raw type.
    @SuppressWarnings("rawtypes")
    private static Word hash(List<Type<?>> values) {
        List<Type> raw = new ArrayList<>(values);
        String encoded = FunctionEncoder.encodeConstructor(raw);
        return Word.of(Hash.sha3(Numeric.hexStringToByteArray(encoded)));
    }

    private static Bytes32 bytes(Word word) {
        return new Bytes32(word.toBytes());
    }
}
