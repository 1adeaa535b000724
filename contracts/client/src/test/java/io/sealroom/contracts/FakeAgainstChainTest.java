package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same random steps on the real chain and on the fake: every answer is the same. */
final class FakeAgainstChainTest {

    private static final long SEED = 20_261_126;
    private static final int CEREMONY_STEPS = 40;
    private static final int LATER_STEPS = 120;
    private static final List<String> ROOTS = List.of("root", "another root");
    private static final List<String> INPUTS = List.of("advertiser's input", "other input");
    private static final List<Long> ALLOWANCES =
            List.of(0L, TestRoom.CHARGE - 1, TestRoom.CHARGE, 2 * TestRoom.CHARGE);

    /** One of the two, with a room of its own. */
    private static final class Side {

        private final TestChain chain;
        private final RoomContract room;
        private final TestRoom parties;

        Side(TestChain chain) throws IOException {
            this.chain = chain;
            RoomConfiguration configuration = TestRoom.configuration(1, chain.ledger());
            this.room = chain.create(configuration);
            this.parties = new TestRoom(room.location(), configuration);
        }

        String ceremony(Random random) {
            int partner = random.nextInt(4);
            int owner = random.nextInt(3);
            return switch (random.nextInt(4)) {
                case 0 -> {
                    Word keys =
                            random.nextInt(4) == 0
                                    ? RoomDigests.id("other keys")
                                    : parties.commitment(partner % 3);
                    yield told(room.approve(partner, keys, parties.approval(owner, keys)));
                }
                case 1 ->
                        told(
                                room.reveal(
                                        partner,
                                        parties.keys(partner % 3),
                                        parties.proofs(
                                                random.nextInt(5) == 0 ? owner : partner % 3)));
                case 2 -> allow(owner, pick(ALLOWANCES, random));
                default -> told(parties.approve(room, owner));
            };
        }

        String use(Random random) {
            return switch (random.nextInt(12)) {
                case 0 -> allow(random.nextInt(3), pick(ALLOWANCES, random));
                case 1 -> {
                    int partner = random.nextInt(3);
                    long epoch = TestRoom.FIRST_EPOCH + random.nextInt(4);
                    // Rarely the one that ends the room at the end of the week.
                    yield epoch == TestRoom.FIRST_EPOCH + 1 && random.nextInt(8) != 0
                            ? "stay"
                            : told(room.leaveFrom(partner, epoch, parties.leave(partner, epoch)));
                }
                case 2, 3, 4 -> {
                    int window = random.nextInt(6);
                    yield told(
                            room.publish(
                                    parties.batch(
                                            window, pick(ROOTS, random), pick(ROOTS, random))));
                }
                default -> {
                    // Two epochs, before, between and after the windows that others take.
                    long start = TestRoom.START + (random.nextInt(8) - 1) * TestRoom.HOUR;
                    long shift = random.nextInt(10) == 0 ? 1 : 0;
                    long week = random.nextBoolean() ? TestRoom.EPOCH : 0;
                    yield told(
                            room.publish(
                                    parties.offer(
                                            start + shift + week,
                                            pick(ROOTS, random),
                                            pick(INPUTS, random),
                                            1 + random.nextInt(3))));
                }
            };
        }

        private String allow(int owner, long allowance) {
            try (LedgerContract ledger = chain.ledger(TestRoom.approver(owner))) {
                return told(parties.allow(ledger, TestRoom.datasetName(owner), allowance));
            }
        }

        String state() throws IOException {
            StringBuilder state = new StringBuilder();
            for (RoomEvent event : room.events(0, room.headBlock())) {
                state.append(event.getClass().getSimpleName()).append(' ');
            }
            try (LedgerContract ledger = chain.ledger(TestRoom.approver(0))) {
                for (int owner = 0; owner < 3; owner += 2) {
                    Word dataset = TestRoom.dataset(owner);
                    state.append(ledger.grant(dataset, room.location().contract()));
                    state.append(ledger.spentInPeriod(dataset, TestRoom.FIRST_EPOCH));
                    state.append(ledger.spentInPeriod(dataset, TestRoom.FIRST_EPOCH + 1));
                }
            }
            return state.append(room.closesAt()).append(room.active()).toString();
        }
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    // Addresses, and with them hashes, differ on the two sides: the kind of answer is compared.

    private static String told(ActionOutcome outcome) {
        return outcome instanceof ActionOutcome.Refused refused
                ? refused.reason().name()
                : outcome.getClass().getSimpleName();
    }

    private static String told(List<PublishOutcome> outcomes) {
        return outcomes.stream().map(FakeAgainstChainTest::told).collect(Collectors.joining(" "));
    }

    private static String told(PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Refused refused) {
            return refused.reason().name();
        }
        if (outcome instanceof PublishOutcome.Conflict conflict) {
            return conflict.stored().isPresent() ? "Conflict" : "Conflict of totals";
        }
        return outcome instanceof PublishOutcome.Retry retry
                ? retry.detail()
                : outcome instanceof PublishOutcome.Withheld withheld
                        ? withheld.toString()
                        : outcome.getClass().getSimpleName();
    }

    @Test
    void anySteps_sameOnBoth_haveTheSameAnswers() throws IOException {
        try (FakeChain fake = new FakeChain();
                AnvilChain real = AnvilChain.start()) {
            Set<String> answers = new TreeSet<>();
            answers.addAll(compare(new Side(fake), new Side(real), CEREMONY_STEPS, Side::ceremony));
            Side activeFake = new Side(fake);
            Side activeReal = new Side(real);
            activeFake.parties.activate(activeFake.room, fake, 2 * TestRoom.CHARGE);
            activeReal.parties.activate(activeReal.room, real, 2 * TestRoom.CHARGE);
            answers.addAll(compare(activeFake, activeReal, LATER_STEPS, Side::use));
            // Else the steps were not worth it.
            assertThat(answers).hasSizeGreaterThan(20);
        }
    }

    private static Set<String> compare(
            Side fake, Side real, int steps, BiFunction<Side, Random, String> taken)
            throws IOException {
        Random forFake = new Random(SEED);
        Random forReal = new Random(SEED);
        Set<String> answers = new TreeSet<>();
        for (int step = 0; step < steps; step++) {
            String answer = taken.apply(real, forReal);
            assertThat(taken.apply(fake, forFake))
                    .as("seed %d, step %d", SEED, step)
                    .isEqualTo(answer);
            answers.add(answer);
        }
        assertThat(fake.state()).isEqualTo(real.state());
        return answers;
    }
}
