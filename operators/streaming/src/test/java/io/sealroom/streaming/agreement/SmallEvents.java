package io.sealroom.streaming.agreement;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random records of a few people that belong to one history. */
final class SmallEvents {

    private static final List<Long> VALUES = List.of(0L, 1L, 2L, 3L, 10L, 999L, Long.MAX_VALUE);

    private final Policy policy;
    private final int number;
    private final int people;
    private final Random random;

    /** Whether a person's token is the same in every epoch. */
    private final boolean steady;

    /**
     * @param number of the history: no other one has its people
     */
    SmallEvents(Policy policy, int number, int people, Random random) {
        this.policy = policy;
        this.number = number;
        this.people = people;
        this.random = random;
        this.steady = random.nextInt(4) == 0;
    }

    /** Of anybody, and of any kind. */
    HistoryEvent any(String partner, EventId id, long time) {
        boolean conversion = random.nextInt(10) < conversionTenths(partner);
        // One person has most events, so that caps are reached.
        int person = random.nextBoolean() ? 0 : random.nextInt(people);
        IdentifierKind identifier =
                random.nextInt(4) == 0 ? IdentifierKind.PHONE : IdentifierKind.EMAIL;
        // Now and then a token of another epoch.
        Token own = token(person, policy.epochOf(time) - random.nextInt(15) / 14);
        return of(partner, id, time, identifier, own, conversion);
    }

    private int conversionTenths(String partner) {
        boolean converts =
                policy.queries().stream()
                        .anyMatch(
                                query ->
                                        query instanceof AttributionQuery attribution
                                                && attribution.conversions().equals(partner));
        return converts ? 5 : 1;
    }

    /** Under a token. */
    HistoryEvent of(
            String partner,
            EventId id,
            long time,
            IdentifierKind identifier,
            Token own,
            boolean conversion) {
        List<Token> tokens = new ArrayList<>(List.of(own));
        if (conversion && policy.lookbackEpochs() > 0) {
            tokens.add(older(own, policy.epochOf(time)));
        }
        EventKind exposure = random.nextBoolean() ? EventKind.CLICK : EventKind.VIEW;
        return of(
                partner,
                id,
                time,
                identifier,
                tokens,
                conversion ? EventKind.CONVERSION : exposure);
    }

    /** With a list of tokens. */
    HistoryEvent of(
            String partner,
            EventId id,
            long time,
            IdentifierKind identifier,
            List<Token> tokens,
            EventKind kind) {
        @Nullable String cell =
                kind.isExposure()
                        ? policy.cells().get(random.nextInt(policy.cells().size()))
                        : null;
        @Nullable Long value = kind.isExposure() ? null : VALUES.get(random.nextInt(VALUES.size()));
        BlindedEvent event =
                new BlindedEvent(
                        id, policy.epochOf(time), identifier, tokens, kind, time, cell, value);
        return new HistoryEvent(partner, event, Digests.sha256(Codecs.BLINDED_EVENT.encode(event)));
    }

    /** What a conversion says of the epoch before: often the truth. */
    private Token older(Token own, long epoch) {
        return switch (random.nextInt(10)) {
            case 0 -> Token.NONE;
            case 1 -> own;
            case 2 -> token(random.nextInt(people), epoch);
            case 3, 4 -> token(0, epoch - 1);
            default -> token((int) own.w2(), epoch - 1);
        };
    }

    /** Word 2 is the person; the first two are of any sign, and decide the order. */
    Token token(int person, long epoch) {
        long use = steady ? 0 : epoch;
        long mixed = (person * 31L + use + 1) * 0x9E3779B97F4A7C15L;
        return new Token(number % 4 == 0 ? 1 : mixed, mixed * mixed, person, number << 16 | use);
    }
}
