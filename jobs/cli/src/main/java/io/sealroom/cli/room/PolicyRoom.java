package io.sealroom.cli.room;

import io.sealroom.cli.RefusedException;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.RoomLookup;
import io.sealroom.partner.ceremony.ConfigurationDifferences;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.util.List;

/**
 * A room on a chain that was found to be a policy's: the same configuration, and created by the
 * factory of the policy's ledger, so that it runs that factory's code.
 *
 * @param policy the policy
 * @param location where the room is
 * @param configuration what both say
 * @param block that created the room
 */
public record PolicyRoom(
        Policy policy, RoomLocation location, RoomConfiguration configuration, long block) {

    /**
     * Compares a room with a policy.
     *
     * @param fromBlock one that is not after the room's creation
     * @throws RefusedException if it is another's, or no room of the ledger's factory
     * @throws IOException if the endpoint does not answer
     */
    public static PolicyRoom require(
            Endpoint endpoint, Account contract, long fromBlock, Policy policy) throws IOException {
        RoomConfiguration expected = RoomConfigurations.of(policy);
        try (RoomLookup lookup = endpoint.lookup()) {
            RoomLookup.Found found = lookup.find(contract, fromBlock);
            List<String> differences = ConfigurationDifferences.of(expected, found.configuration());
            if (!differences.isEmpty()) {
                throw new RefusedException(
                        String.format(
                                "the room at %s is not the policy's:%n  %s",
                                contract, String.join(String.format("%n  "), differences)));
            }
            if (!lookup.isRoom(factory(endpoint, found), contract)) {
                throw new RefusedException(
                        String.format(
                                "%s was not created by the factory of the ledger %s: nobody knows"
                                        + " what code it runs",
                                contract, expected.ledger()));
            }
            return new PolicyRoom(policy, found.location(), expected, found.block());
        }
    }

    private static Account factory(Endpoint endpoint, RoomLookup.Found found) throws IOException {
        try (LedgerContract ledger =
                endpoint.ledger(found.location().chainId(), found.configuration().ledger())) {
            return ledger.factory();
        }
    }

    /** What signatures and hashes of the room bind. */
    public RoomIdentity identity() {
        return new RoomIdentity(
                location.chainId(),
                new Address(location.contract().hex()),
                policy.room(),
                policy.hash());
    }

    /** Number of epochs, and so of keys that each partner reveals. */
    public long epochs() {
        return policy.lastEpoch() - policy.firstEpoch() + 1;
    }

    /** What the room spends of a partner's data set if it lasts to its end, micro-rho. */
    public long spending(int partnerIndex) {
        return epochs() * chargeOfAnEpoch(partnerIndex);
    }

    /** What all queries over a partner's data set cost an epoch, micro-rho. */
    public long chargeOfAnEpoch(int partnerIndex) {
        return configuration.queries().stream()
                .filter(query -> (query.datasets() >> partnerIndex & 1) == 1)
                .mapToLong(RoomConfiguration.Query::charge)
                .sum();
    }
}
