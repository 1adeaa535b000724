package io.sealroom.streaming.publish;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;

/** The same values as schemas and the contract's client name them. */
final class Words {

    private Words() {}

    static Bytes32 bytes32(Word word) {
        return new Bytes32(word.w0(), word.w1(), word.w2(), word.w3());
    }

    static Word word(Bytes32 bytes) {
        return new Word(bytes.w0(), bytes.w1(), bytes.w2(), bytes.w3());
    }

    static RoomLocation location(RoomIdentity room) {
        return new RoomLocation(
                room.chainId(), new Account(room.contract().hex()), word(room.policyHash()));
    }
}
