package io.sealroom.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

    private static final long SEEDS = 500;
    private static final int PARALLELISM = 2;

    @Test
    void of_sameSeedAndMinutes_isTheSame() {
        assertThat(FaultSchedule.of(7, 10, PARALLELISM))
                .isEqualTo(FaultSchedule.of(7, 10, PARALLELISM));
    }

    @Test
    void of_otherSeed_isAnother() {
        assertThat(FaultSchedule.of(7, 10, PARALLELISM))
                .isNotEqualTo(FaultSchedule.of(8, 10, PARALLELISM));
    }

    @Test
    void of_oneMinute_hasFourKillsOfDifferentParts() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<PartName> killed = killed(FaultSchedule.of(seed, 1, PARALLELISM));
            assertThat(killed).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(4);
            assertThat(killed).as("seed %d", seed).doesNotHaveDuplicates();
        }
    }

    @Test
    void of_tenMinutes_hasTwentyKillsStopsAndRescalings() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Fault> faults = FaultSchedule.of(seed, 10, PARALLELISM);
            assertThat(killed(faults)).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(20);
            assertThat(faults.stream().map(Fault::kind).collect(Collectors.toSet()))
                    .as("seed %d", seed)
                    .isEqualTo(EnumSet.allOf(FaultKind.class));
            Set<PartName> targets = Set.copyOf(killed(faults));
            assertThat(targets)
                    .as("seed %d", seed)
                    .contains(PartName.BROKER, PartName.JOB_MANAGER, PartName.CHAIN_ENDPOINT);
        }
    }

    @Test
    void of_manySeeds_killsEveryPart() {
        Set<PartName> killed =
                LongStream.range(0, SEEDS)
                        .mapToObj(seed -> FaultSchedule.of(seed, 1, PARALLELISM))
                        .flatMap(faults -> killed(faults).stream())
                        .collect(Collectors.toSet());
        assertThat(killed).isEqualTo(EnumSet.allOf(PartName.class));
    }

    @Test
    void of_anySeed_staysWithinItsBounds() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Fault> faults = FaultSchedule.of(seed, 10, PARALLELISM);
            assertThat(faults).isSortedAccordingTo(Comparator.comparingLong(Fault::atMillis));
            int parallelism = PARALLELISM;
            for (Fault fault : faults) {
                assertThat(fault.atMillis()).isBetween(0L, 600_000L);
                switch (fault.kind()) {
                    case KILL -> assertThat(fault.holdMillis()).isBetween(1_000L, 5_000L);
                    case STOP -> assertThat(fault.holdMillis()).isBetween(2_000L, 12_000L);
                    case RESCALE -> {
                        assertThat(fault.parallelism()).isBetween(1, 4).isNotEqualTo(parallelism);
                        parallelism = fault.parallelism();
                    }
                }
            }
        }
    }

    @Test
    void of_noMinutes_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultSchedule.of(1, 0, PARALLELISM))
                .withMessageContaining("minutes");
    }

    private static List<PartName> killed(List<Fault> faults) {
        return faults.stream()
                .filter(fault -> fault.kind() == FaultKind.KILL)
                .map(Fault::part)
                .toList();
    }
}
