package io.sealroom.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a room was created with, as RoomSetup.sol keeps it. */
record InMemoryPlan(RoomLocation location, RoomConfiguration configuration, Word hash) {

    private static final int DATASETS_MAX = Short.SIZE;

    static InMemoryPlan of(long chainId, Account contract, RoomConfiguration configuration) {
        return new InMemoryPlan(
                new RoomLocation(chainId, contract, configuration.policyHash()),
                configuration,
                RoomDigests.configurationHash(configuration));
    }

    Account contract() {
        return location.contract();
    }

    int partners() {
        return configuration.partners().size();
    }

    RoomConfiguration.Partner partner(int index) {
        Revert.unless(index >= 0 && index < partners(), "UnknownPartner", index, partners());
        return configuration.partners().get(index);
    }

    List<RoomConfiguration.Partner> suppliers() {
        return configuration.partners().stream()
                .filter(RoomConfiguration.Partner::supplies)
                .toList();
    }

    Optional<RoomConfiguration.Query> query(Word id) {
        return configuration.queries().stream().filter(q -> q.id().equals(id)).findFirst();
    }

    /** The data sets of the partners in a set. */
    List<Word> datasets(int set) {
        List<Word> datasets = new ArrayList<>();
        for (int i = 0; i < Math.min(partners(), DATASETS_MAX); i++) {
            if (((set >> i) & 1) == 1) {
                datasets.add(configuration.partners().get(i).dataset());
            }
        }
        return datasets;
    }

    int epochs() {
        return Math.toIntExact(configuration.lastEpoch() - configuration.firstEpoch() + 1);
    }

    Word hashRelease(ReleaseOffer release, long start, long end, Word totals) {
        return RoomDigests.releaseHash(
                location,
                configuration.room(),
                configuration.semantics(),
                start,
                end,
                totals,
                release);
    }
}
