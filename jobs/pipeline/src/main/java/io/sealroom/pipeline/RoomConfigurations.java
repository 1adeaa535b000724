package io.sealroom.pipeline;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;

/**
 * The part of a policy that the contract stores: one is derived from the other, so they cannot
 * differ.
 */
public final class RoomConfigurations {

    private RoomConfigurations() {}

    /** The constructor arguments of the policy's Room. */
    public static RoomConfiguration of(Policy policy) {
        return new RoomConfiguration(
                id(policy.room()),
                Word.of(policy.hash().toBytes()),
                policy.startMillis(),
                policy.endMillis(),
                policy.semantics(),
                policy.finalityDepth(),
                policy.quorum(),
                policy.partners().stream()
                        .map(
                                partner ->
                                        new RoomConfiguration.Partner(
                                                id(partner.name()),
                                                new Account(partner.address().hex()),
                                                partner.supplies()))
                        .toList(),
                policy.nodes().stream().map(node -> new Account(node.address().hex())).toList(),
                policy.queries().stream()
                        .map(
                                query ->
                                        new RoomConfiguration.Query(
                                                id(query.name()), query.windowMillis()))
                        .toList());
    }

    private static Word id(String text) {
        return Word.of(Digests.id(text).toBytes());
    }
}
