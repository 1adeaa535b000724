package io.sealroom.partner.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.ChainDeployer;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.LedgerEndpoint;
import io.sealroom.contracts.LedgerLocation;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.Web3jLedger;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.local.parts.ChainOptions;
import io.sealroom.local.parts.LocalChain;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.schemas.policy.Partner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A test room on a real chain. */
public final class AnvilCeremonyChain implements CeremonyChain {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final TestRoom room;
    private final LocalChain chain;
    private final RoomContract contract;

    private AnvilCeremonyChain(TestRoom room, LocalChain chain, RoomContract contract) {
        this.room = room;
        this.chain = chain;
        this.contract = contract;
    }

    /** The room of the policy, that nobody has approved. */
    public static AnvilCeremonyChain start(TestRoom room) throws IOException {
        LocalChain chain =
                LocalChain.start(ChainOptions.defaults().withChainId(room.identity().chainId()));
        for (Partner partner : room.policy().partners()) {
            chain.fund(partner.address().hex());
        }
        ChainSigner deployer = ChainSigner.fromHex(chain.developmentKey(0).substring(2));
        try (ChainDeployer contracts = ChainDeployer.connect(chain.rpcUrl(), deployer, TIMEOUT)) {
            Account factory = contracts.deployFactory().contract();
            assertThat(contracts.deployLedger(factory).contract().hex())
                    .isEqualTo(room.policy().ledger().hex());
            ChainDeployer.CreatedRoom created =
                    contracts.createRoom(factory, RoomConfigurations.of(room.policy()));
            assertThat(created.location().contract().hex())
                    .isEqualTo(room.identity().contract().hex());
            return new AnvilCeremonyChain(
                    room,
                    chain,
                    Web3jRoom.connect(
                            RoomEndpoint.of(chain.rpcUrl(), created.location(), deployer)));
        }
    }

    /** The same, with keys revealed. */
    public static AnvilCeremonyChain open(TestRoom room) throws IOException {
        AnvilCeremonyChain chain = start(room);
        new TestParties(room, chain).open();
        return chain;
    }

    public String rpcUrl() {
        return chain.rpcUrl();
    }

    @Override
    public RoomContract room() {
        return contract;
    }

    @Override
    public LedgerContract ledger(ChainSigner owner) {
        return Web3jLedger.connect(
                new LedgerEndpoint(
                        chain.rpcUrl(),
                        new LedgerLocation(
                                room.identity().chainId(),
                                new Account(room.policy().ledger().hex())),
                        Optional.of(owner),
                        TIMEOUT));
    }

    @Override
    public ActionOutcome reveal(int partner, List<EpochKey> keys, List<KeyProof> proofs) {
        return contract.reveal(partner, keys, proofs);
    }

    @Override
    public CeremonyView view() {
        return ChainCeremonyView.connect(
                HttpUrl.of(chain.rpcUrl()), room.policy(), room.identity(), 0, TIMEOUT);
    }

    @Override
    public void close() {
        contract.close();
        chain.close();
    }
}
