package io.sealroom.streaming.flow;

import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;

/**
 * Key of the match stage: one blinded identifier of one kind in one epoch (tokens of two epochs
 * differ). Numbers only, so that its hash is the same in every JVM.
 *
 * @param kind 0 EMAIL, 1 PHONE
 * @param w0 bytes 0 to 7 of the token
 * @param w1 bytes 8 to 15
 * @param w2 bytes 16 to 23
 * @param w3 bytes 24 to 31
 */
public record TokenKey(int kind, long w0, long w1, long w2, long w3) {

    public static TokenKey of(IdentifierKind kind, Token token) {
        int code =
                switch (kind) {
                    case EMAIL -> 0;
                    case PHONE -> 1;
                };
        return new TokenKey(code, token.w0(), token.w1(), token.w2(), token.w3());
    }

    public IdentifierKind identifierKind() {
        return kind == 0 ? IdentifierKind.EMAIL : IdentifierKind.PHONE;
    }

    @Override
    public String toString() {
        return String.format("TokenKey[%d %08x...]", kind, (int) (w0 >>> 32));
    }
}
