package io.sealroom.partner.ceremony;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.Word;
import io.sealroom.partner.room.TestRoom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The ceremony without a chain; passes the same abstract test as the one on a real chain. */
public final class InMemoryCeremonyChain implements CeremonyChain {

    private final InMemoryRoom room;
    private final Map<Word, List<KeyProof>> proofs = new ConcurrentHashMap<>();
    private final AtomicInteger openViews = new AtomicInteger();

    InMemoryCeremonyChain(InMemoryRoom room) {
        this.room = room;
    }

    /** The room of a policy, that nobody has approved. */
    public static InMemoryCeremonyChain start(TestRoom room) {
        return start(room, RoomConfigurations.of(room.policy()));
    }

    static InMemoryCeremonyChain start(TestRoom room, RoomConfiguration configuration) {
        return new InMemoryCeremonyChain(
                InMemoryRoom.deploy(
                        room.identity().chainId(),
                        new Account(room.identity().contract().hex()),
                        configuration));
    }

    @Override
    public InMemoryRoom room() {
        return room;
    }

    @Override
    public LedgerContract ledger(ChainSigner owner) {
        return room.chain().ledger(owner.account());
    }

    @Override
    public ActionOutcome reveal(int partner, List<EpochKey> keys, List<KeyProof> given) {
        // Before the event can be seen, as both stand in one transaction.
        Word id = id(partner);
        List<KeyProof> before = proofs.put(id, given);
        ActionOutcome outcome = room.reveal(partner, keys, given);
        if (!(outcome instanceof ActionOutcome.Recorded)) {
            proofs.remove(id);
            if (before != null) {
                proofs.put(id, before);
            }
        }
        return outcome;
    }

    private Word id(int partner) {
        try {
            return configuration().partners().get(partner).id();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Views that were given out and not closed. */
    public int openViews() {
        return openViews.get();
    }

    private RoomConfiguration configuration() throws IOException {
        for (RoomEvent event : room.events(0, room.headBlock())) {
            if (event instanceof RoomEvent.Opened opened) {
                return opened.configuration();
            }
        }
        throw new IOException("no event of the room's creation");
    }

    @Override
    public CeremonyView view() {
        openViews.incrementAndGet();
        return new CeremonyView() {

            @Override
            public RoomConfiguration configuration() throws IOException {
                room.verify();
                return InMemoryCeremonyChain.this.configuration();
            }

            @Override
            public boolean isOfFactory() throws IOException {
                room.verify();
                return true;
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
                for (RoomEvent event : room.events(0, room.headBlock())) {
                    if (event instanceof RoomEvent.KeysRevealed keys) {
                        revealed.add(keys);
                    }
                }
                return revealed;
            }

            @Override
            public Optional<List<KeyProof>> proofs(RoomEvent.KeysRevealed event)
                    throws IOException {
                room.verify();
                return Optional.ofNullable(proofs.get(event.partner()));
            }

            @Override
            public long closesAt() throws IOException {
                return room.closesAt();
            }

            @Override
            public void close() {
                openViews.decrementAndGet();
            }
        };
    }

    @Override
    public void close() {}
}
