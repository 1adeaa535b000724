package io.sealroom.partner.ceremony;

import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.Word;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What one chain endpoint says about the ceremony of one room. Nothing of it is checked.
 *
 * <p>Every method throws an {@link IOException} while the endpoint does not answer, and a {@link
 * io.sealroom.contracts.WrongChainException} if it leads to something else than the room meant.
 */
public interface CeremonyView extends AutoCloseable {

    /** What the room was created with. */
    RoomConfiguration configuration() throws IOException;

    /** Whether the factory of the policy's ledger created the room: that says what code it runs. */
    boolean isOfFactory() throws IOException;

    /**
     * What a partner bound itself to; empty before its approval.
     *
     * @param partner position in the policy
     */
    Optional<Word> keysCommitment(int partner) throws IOException;

    /**
     * Whether a partner has revealed its keys.
     *
     * @param partner position in the policy
     */
    boolean revealed(int partner) throws IOException;

    /** The keys that were revealed, in the order of the chain. */
    List<RoomEvent.KeysRevealed> revealedKeys() throws IOException;

    /** The proofs that came with keys; empty if they came through another contract. */
    Optional<List<KeyProof>> proofs(RoomEvent.KeysRevealed event) throws IOException;

    /** End of the last window that is taken, milliseconds. */
    long closesAt() throws IOException;

    @Override
    void close();
}
