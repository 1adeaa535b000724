package io.sealroom.partner.exchange;

import io.sealroom.partner.ceremony.RoomPublicKeys;
import io.sealroom.partner.ceremony.UnusableKeysException;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.oprf.EpochKeys;
import io.sealroom.privacy.oprf.EpochSeed;
import io.sealroom.privacy.oprf.JointKey;
import io.sealroom.privacy.oprf.OprfInput;
import io.sealroom.privacy.secret.NodeKeys;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Partners {@code bank-1} to {@code bank-n} with fresh keys; of three and more the last one only
 * evaluates. Two epochs of a day.
 */
final class ExchangeRoom {

    private static final Address CONTRACT =
            new Address("0x5fbdb2315678afecb367f032d93f642f64180aa3");

    private final List<PartnerKeys> keys = new ArrayList<>();
    private final Map<String, SecretBytes> seeds = new HashMap<>();
    private final Policy policy;
    private final RoomFile roomFile;

    private ExchangeRoom(String mode, int partners, long quota) {
        SecureRandom random = new SecureRandom();
        NodeKeys node = NodeKeys.generate("node-one", random);
        for (int i = 1; i <= partners; i++) {
            keys.add(PartnerKeys.generate("bank-" + i, random));
            seeds.put("bank-" + i, SecretBytes.random(EpochSeed.LENGTH, random));
        }
        String listed =
                keys.stream()
                        .map(
                                key ->
                                        String.format(
                                                "  - {name: %s, address: \"%s\", partitions: %d}",
                                                key.name(),
                                                key.address(),
                                                isLast(key) && partners > 2 ? 0 : 1))
                        .collect(Collectors.joining("\n"));
        try {
            policy =
                    PolicyFile.parse(
                            """
                            room: exchange-room
                            mode: %s
                            start: 2026-01-05T00:00:00Z
                            end: 2026-01-07T00:00:00Z
                            slice: PT10M
                            epoch: P1D
                            grace: PT10S
                            region: US
                            quota: %d
                            ledger: "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512"
                            partners:
                            %s
                            nodes:
                              - {name: node-one, address: "%s", hpkePublicKey: "%s"}
                            cells: [news]
                            queries:
                              - name: hourly
                                type: overlap
                                identifierKind: EMAIL
                                window: PT1H
                                partners: [bank-1, bank-2]
                                windowsPerEpoch: 24
                                threshold: 50
                                epsilon: {total: "2"}
                            """
                                    .formatted(
                                            mode,
                                            quota,
                                            listed,
                                            node.address(),
                                            node.hpkePublicKey()));
        } catch (PolicyException e) {
            throw new IllegalStateException(e);
        }
        roomFile = new RoomFile(31337, CONTRACT, 1, publicKeys().encoded());
    }

    static ExchangeRoom file(int partners, long quota) {
        return new ExchangeRoom("file", partners, quota);
    }

    static ExchangeRoom live(int partners, long quota) {
        return new ExchangeRoom("live", partners, quota);
    }

    Policy policy() {
        return policy;
    }

    RoomFile roomFile() {
        return roomFile;
    }

    RoomIdentity identity() {
        return roomFile.identity(policy);
    }

    long epoch() {
        return policy.firstEpoch();
    }

    List<String> names() {
        return keys.stream().map(PartnerKeys::name).toList();
    }

    PartnerKeys keys(String partner) {
        return keys.stream().filter(key -> key.name().equals(partner)).findFirst().orElseThrow();
    }

    Membership member(String partner) {
        try {
            return Membership.of(policy, roomFile, keys(partner), partner);
        } catch (AgentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All shares of a partner, fresh at every call. */
    EpochKeys shares(String partner) {
        byte[] seed = Objects.requireNonNull(seeds.get(partner)).openSecret();
        return EpochKeys.of(
                policy.room(),
                new EpochSeed(policy.firstEpoch(), SecretBytes.copyOf(seed)),
                policy.lastEpoch());
    }

    /** What a complete ceremony gives. */
    private RoomPublicKeys publicKeys() {
        try {
            return RoomPublicKeys.of(
                    policy, names().stream().map(name -> shares(name).publicKeys()).toList());
        } catch (UnusableKeysException e) {
            throw new IllegalStateException(e);
        }
    }

    RoomKeys roomKeys(String partner) {
        return roomKeys(partner, shares(partner));
    }

    /**
     * @param own what is left of the partner's shares
     */
    RoomKeys roomKeys(String partner, EpochKeys own) {
        try {
            return RoomKeys.of(member(partner), publicKeys(), own);
        } catch (AgentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token that the RFC gives for the sum of all shares. */
    Token jointToken(long epoch, NormalisedIdentifier identifier) {
        return JointKey.token(
                names().stream().map(this::shares).toList(),
                OprfInput.of(policy.room(), epoch, identifier));
    }

    /** Signed by the requester it names, or whoever is given. */
    EvaluationRequest sign(EvaluationRequest request, String signer) {
        return request.signed(keys(signer).chain().sign(identity().digest(request.structHash())));
    }

    EvaluationReply sign(EvaluationReply reply, String signer) {
        return reply.signed(keys(signer).chain().sign(identity().digest(reply.structHash())));
    }

    static NormalisedIdentifier email(String text) {
        NormalisationOutcome outcome =
                IdentifierNormaliser.forRegion("US").normalise(IdentifierKind.EMAIL, text);
        return ((NormalisationOutcome.Normalised) outcome).identifier();
    }

    private boolean isLast(PartnerKeys key) {
        return keys.indexOf(key) == keys.size() - 1;
    }
}
