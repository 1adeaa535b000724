package io.sealroom.cli.audit;

import io.sealroom.contracts.Word;
import java.util.List;
import java.util.Optional;

/**
 * What the contract holds about a window of a query.
 *
 * @param releaseHash as recorded; {@code RoomContract.WITHHELD} where the budget could not pay
 * @param totalsHash as recorded
 * @param commitments those that were recorded, in policy order; empty if there is no event of it
 * @param offered what a quorum signed and the budget could not pay
 * @param signers names of the nodes that signed what is recorded
 * @param conflicting what quorums signed besides
 */
record ChainWindow(
        Optional<Word> releaseHash,
        Optional<Word> totalsHash,
        List<Word> commitments,
        Optional<Word> offered,
        List<String> signers,
        List<Word> conflicting) {

    ChainWindow {
        commitments = List.copyOf(commitments);
        signers = List.copyOf(signers);
        conflicting = List.copyOf(conflicting);
    }
}
