package io.sealroom.streaming.publish;

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
import io.sealroom.schemas.hash.RoomIdentity;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The test's room on a chain, after its whole ceremony. */
final class RealRoom {

    private static final List<String> PARTNERS = List.of("publisher", "advertiser");
    private static final long PLENTY = 1_000_000_000;

    private RealRoom() {}

    /** Deploys and activates it; the partners register data sets and let the room spend of them. */
    static RoomIdentity open(LocalChain chain) throws IOException {
        ChainSigner deployer = ChainSigner.fromHex(chain.developmentKey(0));
        try (var contracts = ChainDeployer.connect(chain.rpcUrl(), deployer)) {
            Account factory = contracts.deployFactory().contract();
            Account ledger = contracts.deployLedger(factory).contract();
            RoomConfiguration configuration = TestRoom.configuration(ledger);
            RoomLocation location = contracts.createRoom(factory, configuration).location();
            RoomIdentity identity = TestRoom.identity(location.contract().hex());
            try (var room =
                    Web3jRoom.connect(RoomEndpoint.of(chain.rpcUrl(), location, deployer))) {
                activate(room, identity, chain, ledger);
            }
            return identity;
        }
    }

    private static void activate(
            RoomContract room, RoomIdentity identity, LocalChain chain, Account ledger)
            throws IOException {
        List<KeyCeremony> ceremonies = new ArrayList<>();
        for (int i = 0; i < PARTNERS.size(); i++) {
            ceremonies.add(KeyCeremony.of(identity, PARTNERS.get(i), freshShares()));
            Word commitment = Words.word(ceremonies.get(i).commitment());
            Word digest =
                    RoomDigests.approval(room.location(), room.configurationHash(), commitment);
            recorded(room.approve(i, commitment, TestRoom.partner(i).sign(digest)));
            allow(i, room, chain, ledger);
        }
        for (int i = 0; i < PARTNERS.size(); i++) {
            recorded(room.reveal(i, keys(ceremonies.get(i)), proofs(ceremonies.get(i))));
        }
    }

    private static void allow(int partner, RoomContract room, LocalChain chain, Account ledger)
            throws IOException {
        ChainSigner owner = TestRoom.partner(partner);
        chain.fund(owner.account().hex());
        Word name = RoomDigests.id(PARTNERS.get(partner));
        try (var books =
                Web3jLedger.connect(
                        LedgerEndpoint.of(
                                chain.rpcUrl(),
                                new LedgerLocation(room.location().chainId(), ledger),
                                owner))) {
            recorded(books.register(name, TestRoom.POLICY.epochMillis(), PLENTY, PLENTY));
            recorded(
                    books.allow(
                            name, room.location().contract(), room.configurationHash(), PLENTY));
        }
    }

    private static EpochKeys freshShares() {
        SecretBytes seed = SecretBytes.random(EpochSeed.LENGTH, new SecureRandom());
        return EpochKeys.of(
                TestRoom.POLICY.room(),
                new EpochSeed(TestRoom.POLICY.firstEpoch(), seed),
                TestRoom.POLICY.lastEpoch());
    }

    private static List<EpochKey> keys(KeyCeremony ceremony) {
        return ceremony.keys().stream()
                .map(key -> new EpochKey(Words.word(key.x()), Words.word(key.y())))
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

    private static void recorded(ActionOutcome outcome) {
        if (!(outcome instanceof ActionOutcome.Recorded)) {
            throw new IllegalStateException(outcome.toString());
        }
    }
}
