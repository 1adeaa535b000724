package io.sealroom.cli.policy;

import static io.sealroom.cli.policy.SamplePolicies.OVERLAP;
import static io.sealroom.cli.policy.SamplePolicies.policy;
import static io.sealroom.cli.policy.SamplePolicies.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.cli.UsageException;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.InMemoryChain;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    private static final long EPOCH = 28L * 24 * 3_600_000;
    private static final Policy POLICY = policy(with(OVERLAP, "epsilon", "2"));
    private static final Limits NONE = Limits.given(POLICY, List.of());

    private final InMemoryChain chain = new InMemoryChain(SampleRoom.CHAIN_ID);

    private void register(int partner, long periodMillis) {
        Account owner = SampleRoom.PARTNERS.get(partner).account();
        ActionOutcome outcome =
                chain.ledger(owner)
                        .register(
                                RoomDigests.id(POLICY.partners().get(partner).name()),
                                periodMillis,
                                20,
                                500);
        assertThat(outcome).isInstanceOf(ActionOutcome.Recorded.class);
    }

    /** The ledger, where so much was spent of every data set in every period. */
    private LedgerContract spentOf(long amount) {
        LedgerContract ledger = ledger();
        return (LedgerContract)
                Proxy.newProxyInstance(
                        LedgerContract.class.getClassLoader(),
                        new Class<?>[] {LedgerContract.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("spentInPeriod")
                                        ? amount
                                        : method.invoke(ledger, arguments));
    }

    private static SortedMap<Long, Long> spent(Limits limits, String partner) {
        return Optional.ofNullable(limits.byPartner().get(partner)).orElseThrow().spent();
    }

    private LedgerContract ledger() {
        return chain.ledger(SampleRoom.PARTNERS.get(0).account());
    }

    @Test
    void of_registered_areTheLedgers() throws IOException {
        register(0, EPOCH);
        register(1, EPOCH);
        Limits limits = Limits.of(ledger(), POLICY, NONE);
        DatasetLimits expected = DatasetLimits.untouched(20, OptionalLong.of(500));
        assertThat(limits.byPartner())
                .isEqualTo(Map.of("publisher", expected, "advertiser", expected));
        assertThat(limits.refusals()).isEmpty();
    }

    @Test
    void of_notRegistered_canPayNothing() throws IOException {
        register(0, EPOCH);
        Limits limits = Limits.of(ledger(), POLICY, NONE);
        assertThat(limits.byPartner()).containsOnlyKeys("publisher");
        assertThat(limits.refusals())
                .containsExactly(
                        "data set advertiser of advertiser is not registered in the ledger: it can"
                                + " pay nothing");
    }

    @Test
    void of_notRegisteredAndGiven_isWhatTheUserStates() throws IOException {
        register(0, EPOCH);
        DatasetLimits planned = DatasetLimits.untouched(7, OptionalLong.empty());
        Limits given = Limits.given(POLICY, List.of(new GivenLimit("advertiser", planned)));
        Limits limits = Limits.of(ledger(), POLICY, given);
        assertThat(limits.byPartner()).containsEntry("advertiser", planned);
        assertThat(limits.refusals()).isEmpty();
    }

    /** Otherwise a preview could show a wish in place of what stands for ever. */
    @Test
    void of_registeredAndGiven_isUsage() {
        register(0, EPOCH);
        DatasetLimits wish = DatasetLimits.untouched(7, OptionalLong.empty());
        Limits given = Limits.given(POLICY, List.of(new GivenLimit("publisher", wish)));
        assertThatThrownBy(() -> Limits.of(ledger(), POLICY, given))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("data set publisher of publisher is registered");
    }

    @Test
    void of_otherPeriod_canPayNothing() throws IOException {
        register(0, EPOCH);
        register(1, EPOCH / 4);
        Limits limits = Limits.of(spentOf(7), POLICY, NONE);
        // Period 5 of one is not period 5 of the other.
        assertThat(spent(limits, "publisher")).containsValue(7L);
        assertThat(spent(limits, "advertiser")).isEmpty();
        assertThat(limits.refusals())
                .containsExactly(
                        "data set advertiser of advertiser has a period of 7 d, the room's epoch is"
                                + " 28 d: it can pay nothing");
    }

    /** Limit 100 a period and 1000 for life, of which 400 are allowed; 60 spent in period 5. */
    @ParameterizedTest
    @CsvSource({
        "40, 15, 0",
        "41, 14, 1",
        "40, 16, 1",
        "100, 6, 1",
        "101, 5, 1",
        "101, 6, 2",
    })
    void shortages_limits_countEveryOneThatDoesNotSuffice(long cost, long epochs, int shortages) {
        SortedMap<Long, Long> spent = new TreeMap<>(Map.of(5L, 60L));
        DatasetLimits limits = new DatasetLimits(100, OptionalLong.of(1000), 400, spent);
        assertThat(limits.shortages(BigInteger.valueOf(cost), epochs)).hasSize(shortages);
    }

    @Test
    void shortages_periodPartlySpent_nameTheOnesThatAreShort() {
        SortedMap<Long, Long> spent = new TreeMap<>(Map.of(5L, 60L, 6L, 59L, 7L, 100L));
        DatasetLimits limits = new DatasetLimits(100, OptionalLong.empty(), 0, spent);
        assertThat(limits.shortages(BigInteger.valueOf(41), 9))
                .containsExactly(
                        "an epoch costs 41 micro-rho, in period 5 only 40 are left",
                        "an epoch costs 41 micro-rho, in period 7 only 0 are left");
    }

    /** The contract counts further than a long: what is shown as the largest may be more. */
    @Test
    void shortages_allowancesBeyondALong_areNotHeldAgainstIt() {
        DatasetLimits limits =
                new DatasetLimits(
                        100, OptionalLong.of(Long.MAX_VALUE), Long.MAX_VALUE, new TreeMap<>());
        assertThat(limits.shortages(BigInteger.ONE, 1)).isEmpty();
    }

    @Test
    void shortages_costsNothing_areNone() {
        DatasetLimits limits =
                new DatasetLimits(100, OptionalLong.of(400), 400, new TreeMap<>(Map.of(5L, 100L)));
        assertThat(limits.shortages(BigInteger.ZERO, 256)).isEmpty();
    }
}
