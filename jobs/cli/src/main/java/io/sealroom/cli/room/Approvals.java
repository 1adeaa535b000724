package io.sealroom.cli.room;

import io.sealroom.cli.RefusedException;
import io.sealroom.cli.UnavailableException;
import io.sealroom.cli.chain.Actions;
import io.sealroom.contracts.ContractError;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.Word;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The approvals of a room, as far as they can be taken back. A partner whose approval a
 * reorganisation takes away could approve again with keys chosen after those that it has seen.
 */
final class Approvals {

    private Approvals() {}

    /**
     * Demands that all partners' approvals are final.
     *
     * @throws RefusedException if a partner has not approved
     * @throws UnavailableException if one is not final yet; the message says how long to wait
     * @throws IOException if the endpoint does not answer
     */
    static void requireFinal(RoomContract contract, PolicyRoom room) throws IOException {
        Map<Word, Long> blocks = new HashMap<>();
        for (RoomEvent event : contract.events(room.block(), contract.headBlock())) {
            if (event instanceof RoomEvent.Approved approved) {
                blocks.put(approved.partner(), approved.at().blockNumber());
            }
        }
        int partners = room.configuration().partners().size();
        if (blocks.size() < partners) {
            throw Actions.refused(
                    "keys",
                    new ContractError(
                            "NotApproved",
                            List.of(Integer.toString(blocks.size()), Integer.toString(partners))));
        }
        long last = blocks.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        long finalBlock = contract.finalBlock();
        if (last > finalBlock) {
            throw new UnavailableException(
                    String.format(
                            "keys: not every approval is final, the last is in block %d and the"
                                    + " newest final block is %d; run the same command again %s",
                            last, finalBlock, wait(room, last - finalBlock)));
        }
    }

    private static String wait(PolicyRoom room, long blocks) {
        return room.configuration().finalityDepth() == 0
                ? "when the chain's finalized block is " + blocks + " further"
                : "after " + blocks + " more blocks";
    }
}
