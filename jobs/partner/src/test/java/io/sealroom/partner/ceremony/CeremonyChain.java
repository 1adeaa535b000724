package io.sealroom.partner.ceremony;

import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomContract;
import java.util.List;

/** A chain with one room, for tests: the real thing or the fake. */
public interface CeremonyChain extends AutoCloseable {

    /** The room, to send to. */
    RoomContract room();

    /** The ledger as an owner of data sets sees it. */
    LedgerContract ledger(ChainSigner owner);

    ActionOutcome reveal(int partner, List<EpochKey> keys, List<KeyProof> proofs);

    /** A new one at every call. */
    CeremonyView view();

    @Override
    void close();
}
