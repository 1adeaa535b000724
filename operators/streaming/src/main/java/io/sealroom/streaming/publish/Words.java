package io.sealroom.streaming.publish;

import io.sealroom.contracts.Word;
import io.sealroom.schemas.hash.Bytes32;

/** The same 32 bytes as schemas and the contract's client name them. */
final class Words {

    private Words() {}

    static Bytes32 bytes32(Word word) {
        return new Bytes32(word.w0(), word.w1(), word.w2(), word.w3());
    }

    static Word word(Bytes32 bytes) {
        return new Word(bytes.w0(), bytes.w1(), bytes.w2(), bytes.w3());
    }
}
