package io.sealroom.streaming.testing;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.ChainDeployer;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.LedgerEndpoint;
import io.sealroom.contracts.LedgerLocation;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Web3jLedger;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.contracts.Word;
import io.sealroom.local.parts.LocalChain;
import io.sealroom.privacy.oprf.EpochKeys;
import io.sealroom.privacy.oprf.EpochSeed;
import io.sealroom.privacy.oprf.KeyCeremony;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** A test's room on a chain, after its whole ceremony. */
public final class RealRoom {

    /** An allowance that no test uses up. */
    public static final long PLENTY = 1_000_000_000;

    private final Policy policy;
    private final LocalChain chain;
    private final Account ledger;
    private final long allowance;

    private RealRoom(Policy policy, LocalChain chain, Account ledger, long allowance) {
        this.policy = policy;
        this.chain = chain;
        this.ledger = ledger;
        this.allowance = allowance;
    }

    /**
     * Deploys and activates it; the partners register data sets and let the room spend of them.
     *
     * @param policy whose partners have the {@link TestingKeys} of their names
     * @param configuration of the room over a ledger
     * @param allowance what the room may spend of each data set
     */
    public static RoomIdentity open(
            LocalChain chain,
            Policy policy,
            Function<Account, RoomConfiguration> configuration,
            long allowance)
            throws IOException {
        ChainSigner deployer = ChainSigner.fromHex(chain.developmentKey(0));
        try (var contracts = ChainDeployer.connect(chain.rpcUrl(), deployer)) {
            Account factory = contracts.deployFactory().contract();
            Account ledger = contracts.deployLedger(factory).contract();
            RoomLocation location =
                    contracts.createRoom(factory, configuration.apply(ledger)).location();
            RoomIdentity identity =
                    new RoomIdentity(
                            location.chainId(),
                            new Address(location.contract().hex()),
                            policy.room(),
                            policy.hash());
            try (var room =
                    Web3jRoom.connect(RoomEndpoint.of(chain.rpcUrl(), location, deployer))) {
                new RealRoom(policy, chain, ledger, allowance).activate(room, identity);
            }
            return identity;
        }
    }

    private void activate(RoomContract room, RoomIdentity identity) throws IOException {
        List<String> partners = policy.suppliers().stream().map(Partner::name).toList();
        List<KeyCeremony> ceremonies = new ArrayList<>();
        for (int i = 0; i < partners.size(); i++) {
            ceremonies.add(KeyCeremony.of(identity, partners.get(i), freshShares()));
            Word commitment = word(ceremonies.get(i).commitment());
            Word digest =
                    RoomDigests.approval(room.location(), room.configurationHash(), commitment);
            recorded(room.approve(i, commitment, key(partners.get(i)).sign(digest)));
            allow(partners.get(i), room);
        }
        for (int i = 0; i < partners.size(); i++) {
            recorded(room.reveal(i, keys(ceremonies.get(i)), proofs(ceremonies.get(i))));
        }
    }

    private void allow(String partner, RoomContract room) throws IOException {
        ChainSigner owner = key(partner);
        chain.fund(owner.account().hex());
        Word name = RoomDigests.id(partner);
        try (var books =
                Web3jLedger.connect(
                        LedgerEndpoint.of(
                                chain.rpcUrl(),
                                new LedgerLocation(room.location().chainId(), ledger),
                                owner))) {
            recorded(books.register(name, policy.epochMillis(), PLENTY, PLENTY));
            recorded(
                    books.allow(
                            name, room.location().contract(), room.configurationHash(), allowance));
        }
    }

    private EpochKeys freshShares() {
        SecretBytes seed = SecretBytes.random(EpochSeed.LENGTH, new SecureRandom());
        return EpochKeys.of(
                policy.room(), new EpochSeed(policy.firstEpoch(), seed), policy.lastEpoch());
    }

    private static List<EpochKey> keys(KeyCeremony ceremony) {
        return ceremony.keys().stream()
                .map(key -> new EpochKey(word(key.x()), word(key.y())))
                .toList();
    }

    private static List<KeyProof> proofs(KeyCeremony ceremony) {
        return ceremony.proofs().stream()
                .map(
                        proof -> {
                            byte[] rs = proof.encoded().toBytes();
                            return new KeyProof(
                                    Word.of(Arrays.copyOfRange(rs, 0, Word.LENGTH)),
                                    Word.of(Arrays.copyOfRange(rs, Word.LENGTH, 2 * Word.LENGTH)));
                        })
                .toList();
    }

    private static ChainSigner key(String name) {
        return ChainSigner.fromHex(HexFormat.of().formatHex(TestingKeys.chainKey(name)));
    }

    private static Word word(Bytes32 bytes) {
        return Word.of(bytes.toBytes());
    }

    private static void recorded(ActionOutcome outcome) {
        if (!(outcome instanceof ActionOutcome.Recorded)) {
            throw new IllegalStateException(outcome.toString());
        }
    }
}
