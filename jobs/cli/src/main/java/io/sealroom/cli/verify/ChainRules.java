package io.sealroom.cli.verify;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Word;
import io.sealroom.contracts.WrongChainException;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.TotalsEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Holds releases against the contract that the user names. */
final class ChainRules implements AutoCloseable {

    private final Account contract;
    private final Function<RoomLocation, RoomContract> rooms;
    private final Map<RoomLocation, RoomContract> open = new HashMap<>();

    /**
     * @param contract the Room to ask, whatever a file says
     * @param rooms opens it for what a file says of it
     */
    ChainRules(Account contract, Function<RoomLocation, RoomContract> rooms) {
        this.contract = contract;
        this.rooms = rooms;
    }

    /**
     * What the chain says against a release.
     *
     * @throws IOException if it says nothing
     */
    List<String> faults(ReleaseDocument document) throws IOException {
        RoomIdentity identity = document.identity();
        if (!identity.contract().hex().equals(contract.hex())) {
            return List.of(
                    String.format(
                            "made for the contract %s, not %s", identity.contract(), contract));
        }
        RoomContract room =
                open.computeIfAbsent(
                        new RoomLocation(identity.chainId(), contract, word(identity.policyHash())),
                        rooms);
        try {
            return compare(document, room);
        } catch (WrongChainException e) {
            return List.of(
                    switch (e.what()) {
                        case CHAIN_ID -> "made for another chain than the endpoint's";
                        case CONTRACT -> "the chain has no Room at this address";
                        case POLICY_HASH -> "made under another policy than the contract's";
                    });
        }
    }

    private static List<String> compare(ReleaseDocument document, RoomContract room)
            throws IOException {
        List<String> faults = new ArrayList<>();
        compare(
                "release hash",
                document.releaseHash(),
                room.releaseHash(word(document.queryId()), document.start()),
                faults);
        for (TotalsEntry entry : document.totals()) {
            compare(
                    "totals commitment of " + entry.partner(),
                    entry.commitment(),
                    room.totalsCommitment(
                            RoomDigests.id(entry.partner()), document.start(), document.end()),
                    faults);
        }
        return faults;
    }

    private static void compare(
            String what, Bytes32 ours, Optional<Word> recorded, List<String> faults) {
        if (recorded.isEmpty()) {
            faults.add(String.format("%s: the chain has none for this window", what));
        } else if (!recorded.get().equals(word(ours))) {
            faults.add(String.format("%s: is %s, on chain %s", what, ours, recorded.get()));
        }
    }

    private static Word word(Bytes32 bytes) {
        return Word.of(bytes.toBytes());
    }

    @Override
    public void close() {
        open.values().forEach(RoomContract::close);
    }
}
