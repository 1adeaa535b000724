package io.sealroom.streaming.history;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import io.sealroom.streaming.testing.TestingEvents;
import io.sealroom.streaming.testing.TestingRoom;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Events of a few people at a few times, so that caps, ties and repeated ids occur. Event ids are
 * small numbers: partners and people share them.
 */
final class RandomEvents {

    private static final long STEP_MILLIS = 150_000;
    private static final int PEOPLE = 6;
    private static final int IDS = 60;

    private final Policy policy;
    private final boolean converts;
    private final Random random;
    private final TestingEvents people;

    RandomEvents(TestingRoom room, String partner, Random random) {
        this.policy = room.policy();
        this.converts = partner.equals("advertiser");
        this.random = random;
        this.people = new TestingEvents(policy);
    }

    /** One of the people. */
    static String person(Random random) {
        return "person " + random.nextInt(PEOPLE);
    }

    /**
     * An event that a partition sealed until {@code sealedUntil} takes, unless the room is over.
     */
    byte[] next(long sealedUntil) {
        long last = Math.min(sealedUntil + policy.maxAheadMillis(), policy.endMillis() - 1);
        int steps = Math.max(1, (int) ((last - sealedUntil) / STEP_MILLIS) + 1);
        return encode(event(sealedUntil + random.nextInt(steps) * STEP_MILLIS));
    }

    byte[] late(long sealedUntil) {
        return encode(event(sealedUntil - 1 - random.nextInt(3) * STEP_MILLIS));
    }

    byte[] tooEarly(long sealedUntil) {
        return encode(event(sealedUntil + policy.maxAheadMillis() + 1));
    }

    /** The same id at another time of the same epoch, or with another content. */
    byte[] contradicting(byte[] value) {
        BlindedEvent first = Codecs.BLINDED_EVENT.decode(value).toOptional().orElseThrow();
        BlindedEvent other = event(first.eventTime() + random.nextInt(2) * STEP_MILLIS);
        boolean alike =
                first.epoch() == other.epoch() && first.tokens().size() == other.tokens().size();
        return encode(
                new BlindedEvent(
                        first.eventId(),
                        other.epoch(),
                        first.identifierKind(),
                        alike ? first.tokens() : other.tokens(),
                        other.kind(),
                        other.eventTime(),
                        other.cell(),
                        other.value()));
    }

    private BlindedEvent event(long time) {
        EventKind kind =
                converts && random.nextInt(3) > 0
                        ? EventKind.CONVERSION
                        : random.nextBoolean() ? EventKind.CLICK : EventKind.VIEW;
        boolean conversion = kind == EventKind.CONVERSION;
        @Nullable String cell =
                conversion ? null : policy.cells().get(random.nextInt(policy.cells().size()));
        @Nullable Long value = conversion ? Long.valueOf(random.nextInt(900)) : null;
        IdentifierKind identifier =
                random.nextInt(5) == 0 ? IdentifierKind.PHONE : IdentifierKind.EMAIL;
        List<Token> tokens = tokens(identifier, time, conversion);
        return new BlindedEvent(
                EventId.of(
                        ByteBuffer.allocate(EventId.LENGTH)
                                .putLong(random.nextInt(IDS))
                                .putLong(0)
                                .array()),
                policy.epochOf(time),
                identifier,
                tokens,
                kind,
                time,
                cell,
                value);
    }

    /**
     * A person's tokens as the policy asks for them; now and then those of the epoch before, or a
     * list with somebody else's older token.
     */
    private List<Token> tokens(IdentifierKind identifier, long time, boolean conversion) {
        String person = person(random);
        long own = random.nextInt(20) == 0 ? time - policy.epochMillis() : time;
        Token token = people.token(identifier, person, own);
        if (!conversion || policy.lookbackEpochs() == 0) {
            return List.of(token);
        }
        if (policy.epochOf(time) == policy.firstEpoch() || random.nextInt(10) == 0) {
            return List.of(token, Token.NONE);
        }
        String older = random.nextInt(4) == 0 ? person(random) : person;
        return List.of(token, people.token(identifier, older, time - policy.epochMillis()));
    }

    private static byte[] encode(BlindedEvent event) {
        return Codecs.BLINDED_EVENT.encode(event);
    }
}
