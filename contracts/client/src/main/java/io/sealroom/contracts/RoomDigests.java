package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * What is signed and hashed for a Room, as PROTOCOL.md sections 4 and 8 and IRoom.sol define it.
 * Digests are EIP-712, domain "Sealroom" version "1".
 */
public final class RoomDigests {

    private static final Word DOMAIN_TYPE =
            id(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final Word APPROVAL_TYPE =
            id("Approval(bytes32 policyHash,bytes32 configuration)");
    private static final Word TOTALS_TYPE =
            id(
                    "Totals(bytes32 partner,bytes32 policyHash,uint64 start,uint64 end,bytes32 commitment)");
    private static final Word RELEASE_TYPE =
            id(
                    "Release(bytes32 policyHash,bytes32 query,uint64 start,uint64 end,bytes32 releaseHash)");

    private RoomDigests() {}

    /** keccak256 of the text: ids of rooms, partners and queries. */
    public static Word id(String text) {
        return Word.of(Hash.sha3(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** keccak256(abi.encode(configuration)), what partners approve and the contract states. */
    public static Word configurationHash(RoomConfiguration configuration) {
        return hash(List.of(abi(configuration)));
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

    /** What a partner signs to approve. */
    public static Word approval(RoomLocation room, Word configurationHash) {
        return digest(
                room,
                List.of(bytes(APPROVAL_TYPE), bytes(room.policyHash()), bytes(configurationHash)));
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

    /** What a node signs to publish. */
    public static Word release(
            RoomLocation room, Word query, long start, long end, Word releaseHash) {
        return digest(
                room,
                List.of(
                        bytes(RELEASE_TYPE),
                        bytes(room.policyHash()),
                        bytes(query),
                        new Uint256(start),
                        new Uint256(end),
                        bytes(releaseHash)));
    }

    /**
     * The release hash of PROTOCOL.md section 8, computed from what an offer contains; the hash
     * that it states is not read.
     *
     * @param roomId keccak256 of the room's id
     */
    public static Word releaseHash(
            RoomLocation room, Word roomId, int semantics, ReleaseOffer offer) {
        List<Bytes32> commitments = new ArrayList<>();
        for (TotalsOffer totals : offer.totals()) {
            commitments.add(bytes(totals.commitment()));
        }
        return hash(
                List.of(
                        bytes(id("sealroom/release/v1")),
                        new Uint256(semantics),
                        new Uint256(room.chainId()),
                        new Address(room.contract().hex()),
                        bytes(roomId),
                        bytes(room.policyHash()),
                        bytes(offer.query()),
                        new Uint256(offer.start()),
                        new Uint256(offer.end()),
                        new Uint256(offer.rowCount()),
                        bytes(offer.root()),
                        bytes(hash(List.of(new DynamicArray<>(Bytes32.class, commitments)))),
                        bytes(offer.mechanisms())));
    }

    static Room.Configuration abi(RoomConfiguration c) {
        return new Room.Configuration(
                c.room().toBytes(),
                c.policyHash().toBytes(),
                BigInteger.valueOf(c.start()),
                BigInteger.valueOf(c.end()),
                BigInteger.valueOf(c.semantics()),
                BigInteger.valueOf(c.finalityDepth()),
                BigInteger.valueOf(c.quorum()),
                c.partners().stream()
                        .map(
                                p ->
                                        new Room.Partner(
                                                p.id().toBytes(), p.signer().hex(), p.supplies()))
                        .toList(),
                c.nodes().stream().map(Account::hex).toList(),
                c.queries().stream()
                        .map(
                                q ->
                                        new Room.Query(
                                                q.id().toBytes(),
                                                BigInteger.valueOf(q.windowMillis())))
                        .toList());
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
