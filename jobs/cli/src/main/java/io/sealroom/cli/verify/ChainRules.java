package io.sealroom.cli.verify;

import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Word;
import io.sealroom.contracts.WrongChainException;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.TotalsEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds releases against the contract that the user names. */
public final class ChainRules implements AutoCloseable {

    private final Account contract;
    private final RoomSource rooms;
    private final Endpoint endpoint;
    private final Map<RoomLocation, RoomContract> open = new HashMap<>();
    private List<RoomConfiguration.Partner> suppliers = List.of();

    /**
     * @param contract the Room to ask, whatever a file says
     * @param rooms opens it for what a file says of it
     */
    public ChainRules(Account contract, RoomSource rooms, Endpoint endpoint) {
        this.contract = contract;
        this.rooms = rooms;
        this.endpoint = endpoint;
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
                        location -> rooms.open(endpoint, location));
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

    private List<String> compare(ReleaseDocument document, RoomContract room) throws IOException {
        List<String> faults = new ArrayList<>();
        releaseHash(document, room, faults);
        totalsHash(document, room, faults);
        suppliers(document, faults);
        return faults;
    }

    /** The hash of the totals says nothing of who signed which: the names are in signatures. */
    private void suppliers(ReleaseDocument document, List<String> faults) throws IOException {
        if (suppliers.isEmpty()) {
            suppliers =
                    rooms.partners(endpoint, contract).stream()
                            .filter(RoomConfiguration.Partner::supplies)
                            .toList();
        }
        if (suppliers.size() != document.totals().size()) {
            faults.add(
                    String.format(
                            "totals commitments: %d partners supply events on chain, %d here",
                            suppliers.size(), document.totals().size()));
            return;
        }
        for (int i = 0; i < suppliers.size(); i++) {
            TotalsEntry entry = document.totals().get(i);
            if (!signed(document, entry).equals(Optional.of(suppliers.get(i).signer()))) {
                faults.add(
                        String.format(
                                "totals commitment of %s: not signed with the key that the chain"
                                        + " has",
                                entry.partner()));
            }
        }
    }

    private static Optional<Account> signed(ReleaseDocument document, TotalsEntry entry) {
        RoomIdentity identity = document.identity();
        Bytes32 digest =
                identity.digest(
                        Totals.structHash(
                                entry.partner(),
                                identity.policyHash(),
                                document.start(),
                                document.end(),
                                entry.commitment()));
        return Secp256k1.recover(digest, entry.signature().toBytes())
                .map(address -> new Account(address.hex()));
    }

    private static void releaseHash(
            ReleaseDocument document, RoomContract room, List<String> faults) throws IOException {
        Optional<Word> recorded = room.releaseHash(word(document.queryId()), document.start());
        if (recorded.equals(Optional.of(RoomContract.WITHHELD))) {
            faults.add(
                    "release hash: the chain has withheld this window for ever, since the budget"
                            + " could not pay");
            return;
        }
        compare("release hash", word(document.releaseHash()), recorded, faults);
    }

    /** One hash for all partners: what is compared is what their commitments here hash to. */
    private static void totalsHash(ReleaseDocument document, RoomContract room, List<String> faults)
            throws IOException {
        List<Word> commitments =
                document.totals().stream().map(entry -> word(entry.commitment())).toList();
        compare(
                "totals commitments",
                RoomDigests.totalsHash(commitments),
                room.totalsHash(document.start(), document.end()),
                faults);
    }

    private static void compare(
            String what, Word ours, Optional<Word> recorded, List<String> faults) {
        if (recorded.isEmpty()) {
            faults.add(String.format("%s: the chain has none for this window", what));
        } else if (!recorded.get().equals(ours)) {
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
