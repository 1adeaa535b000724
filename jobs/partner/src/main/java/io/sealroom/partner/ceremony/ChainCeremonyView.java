package io.sealroom.partner.ceremony;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.LedgerEndpoint;
import io.sealroom.contracts.LedgerLocation;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.RoomLookup;
import io.sealroom.contracts.Web3jLedger;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ceremony over JSON-RPC. Without a key: it only reads. */
public final class ChainCeremonyView implements CeremonyView {

    private final Account contract;
    private final long fromBlock;
    private final RoomContract room;
    private final RoomLookup lookup;
    private final LedgerContract ledger;

    private ChainCeremonyView(
            Account contract,
            long fromBlock,
            RoomContract room,
            RoomLookup lookup,
            LedgerContract ledger) {
        this.contract = contract;
        this.fromBlock = fromBlock;
        this.room = room;
        this.lookup = lookup;
        this.ledger = ledger;
    }

    /**
     * Asks nothing yet.
     *
     * @param policy of the room
     * @param identity where the room is
     * @param fromBlock one that is not after the room's creation
     * @param timeout of a request
     */
    public static ChainCeremonyView connect(
            HttpUrl rpc, Policy policy, RoomIdentity identity, long fromBlock, Duration timeout) {
        Account contract = new Account(identity.contract().hex());
        RoomLocation location =
                new RoomLocation(
                        identity.chainId(), contract, RoomConfigurations.word(policy.hash()));
        LedgerLocation ledger =
                new LedgerLocation(identity.chainId(), new Account(policy.ledger().hex()));
        return new ChainCeremonyView(
                contract,
                fromBlock,
                Web3jRoom.connect(
                        new RoomEndpoint(rpc.open(), location, Optional.empty(), timeout)),
                RoomLookup.connect(rpc.open(), timeout),
                Web3jLedger.connect(
                        new LedgerEndpoint(rpc.open(), ledger, Optional.empty(), timeout)));
    }

    @Override
    public RoomConfiguration configuration() throws IOException {
        // Chain id, code and policy hash; a look-up by address alone would take any room.
        room.verify();
        return lookup.find(contract, fromBlock).configuration();
    }

    @Override
    public boolean isOfFactory() throws IOException {
        return lookup.isRoom(ledger.factory(), contract);
    }

    @Override
    public Optional<Word> keysCommitment(int partner) throws IOException {
        return room.keysCommitment(partner);
    }

    @Override
    public boolean revealed(int partner) throws IOException {
        return room.revealed(partner);
    }

    @Override
    public List<RoomEvent.KeysRevealed> revealedKeys() throws IOException {
        List<RoomEvent.KeysRevealed> revealed = new ArrayList<>();
        for (RoomEvent event : room.events(fromBlock, room.headBlock())) {
            if (event instanceof RoomEvent.KeysRevealed keys) {
                revealed.add(keys);
            }
        }
        return revealed;
    }

    @Override
    public Optional<List<KeyProof>> proofs(RoomEvent.KeysRevealed event) throws IOException {
        return lookup.proofs(contract, event);
    }

    @Override
    public long closesAt() throws IOException {
        return room.closesAt();
    }

    @Override
    public void close() {
        room.close();
        lookup.close();
        ledger.close();
    }
}
