package io.sealroom.reference.cases;

import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose identifier an event is under: {@code alice}, or {@code phone:alice}. An honest partner
 * sends the tokens of the event's epoch and, for K = 1, of the one before; a hostile one sends what
 * it likes: {@code mallory/alice} has alice's token in slot 1, {@code alice/-} has zeros there, and
 * {@code alice@0} is her token of the room's first epoch, whenever it is sent.
 *
 * @param kind of the identifier; the tokens do not tell it
 * @param slots names, with epochs if the case says them
 */
record Person(IdentifierKind kind, List<String> slots) {

    private static final String PHONE = "phone:";

    static Person read(String text) {
        boolean phone = text.startsWith(PHONE);
        return new Person(
                phone ? IdentifierKind.PHONE : IdentifierKind.EMAIL,
                List.of((phone ? text.substring(PHONE.length()) : text).split("/", -1)));
    }

    /** The first {@code count} tokens of an event at this time. */
    List<Token> tokens(Policy policy, long time, int count) {
        long epoch = policy.epochOf(time) - policy.firstEpoch();
        List<Token> tokens = new ArrayList<>();
        for (int slot = 0; slot < count; slot++) {
            tokens.add(token(slots.get(Math.min(slot, slots.size() - 1)), epoch - slot));
        }
        return tokens;
    }

    private static Token token(String name, long epoch) {
        int at = name.indexOf('@');
        if (at >= 0) {
            return token(name.substring(0, at), Long.parseLong(name.substring(at + 1)));
        }
        if (epoch < 0 || name.equals("-")) {
            return Token.NONE;
        }
        return Token.of(
                Digests.sha256Lp(Lp.text("golden case"), Lp.text(name), Lp.u64(epoch)).toBytes());
    }
}
