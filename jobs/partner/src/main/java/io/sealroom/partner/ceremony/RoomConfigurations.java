package io.sealroom.partner.ceremony;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.Word;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.math.BigInteger;

/**
 * The part of a policy that the contract stores: one is derived from the other, so they cannot
 * differ.
 */
public final class RoomConfigurations {

    /** Most that the contract holds as the charge of a query and epoch, micro-rho. */
    public static final BigInteger CHARGE_MAX = BigInteger.valueOf(0xffff_ffffL);

    private RoomConfigurations() {}

    /**
     * What the policy's Room is created with.
     *
     * @throws ChargeTooHighException if a charge is more than the contract holds; that lists are
     *     not too long is a rule of policies
     */
    public static RoomConfiguration of(Policy policy) {
        return new RoomConfiguration(
                RoomDigests.id(policy.room()),
                word(policy.hash()),
                policy.startMillis(),
                policy.endMillis(),
                policy.epochMillis(),
                policy.quota(),
                policy.semantics(),
                policy.finalityDepth(),
                policy.quorum(),
                new Account(policy.ledger().hex()),
                policy.partners().stream().map(RoomConfigurations::partner).toList(),
                policy.nodes().stream().map(node -> new Account(node.address().hex())).toList(),
                policy.queries().stream().map(query -> query(policy, query)).toList());
    }

    /** A hash of the policy's side as the contract's. */
    public static Word word(Bytes32 bytes) {
        return Word.of(bytes.toBytes());
    }

    private static RoomConfiguration.Partner partner(Partner partner) {
        return new RoomConfiguration.Partner(
                RoomDigests.id(partner.name()),
                new Account(partner.approver().hex()),
                new Account(partner.address().hex()),
                partner.supplies() ? word(partner.datasetId()) : Word.ZERO);
    }

    private static RoomConfiguration.Query query(Policy policy, Query query) {
        int datasets = 0;
        for (int i = 0; i < policy.partners().size(); i++) {
            if (query.reads(policy.partners().get(i).name())) {
                datasets |= 1 << i;
            }
        }
        return new RoomConfiguration.Query(
                word(query.id()), query.windowMillis(), charge(policy, query), datasets);
    }

    private static long charge(Policy policy, Query query) {
        BigInteger charge = QueryFamilies.of(policy, query).microRho();
        if (charge.compareTo(CHARGE_MAX) > 0) {
            throw new ChargeTooHighException(query.name(), charge, CHARGE_MAX);
        }
        return charge.longValueExact();
    }
}
