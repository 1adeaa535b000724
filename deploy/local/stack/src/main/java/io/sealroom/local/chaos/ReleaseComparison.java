package io.sealroom.local.chaos;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.contracts.Word;
import io.sealroom.local.stack.LocalRoom;
import io.sealroom.reference.BatchReference;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares releases with the batch reference, and with what the chain holds. */
final class ReleaseComparison {

    private final LocalRoom room;
    private final Findings findings;

    ReleaseComparison(LocalRoom room, Findings findings) {
        this.room = room;
        this.findings = findings;
    }

    /**
     * Compares all windows of all queries.
     *
     * @param history events that the node must have admitted
     */
    void compare(
            EventLog log,
            Collection<HistoryEvent> history,
            List<Release> releases,
            List<Withheld> withheld)
            throws IOException {
        Map<QueryWindow, List<BigInteger>> exact = BatchReference.totals(room.policy(), history);
        if (exact.values().stream().noneMatch(rows -> rows.get(0).signum() > 0)) {
            // A reference that finds nothing would let a pipeline that does nothing pass.
            findings.lost("everything that was to be counted");
        }
        countWindows(
                exact.keySet(),
                releases.stream().map(ReleaseComparison::window).toList(),
                findings);
        for (Withheld window : withheld) {
            findings.differing(
                    text(new QueryWindow(window.query(), window.start()))
                            + " was withheld: "
                            + window.reason());
        }
        ExpectedBytes expected =
                new ExpectedBytes(room.policy(), room.room().identity(room.policy()), log, exact);
        for (Release release : releases) {
            if (!expected.matches(release.pending())) {
                findings.differing(text(release) + " from the batch reference");
            }
        }
        compareWithChain(releases);
    }

    /** Every window is to be there once. */
    static void countWindows(
            Set<QueryWindow> wanted, List<QueryWindow> released, Findings findings) {
        Map<QueryWindow, Integer> times = new HashMap<>();
        released.forEach(window -> times.merge(window, 1, Integer::sum));
        for (QueryWindow window : wanted) {
            int count = times.getOrDefault(window, 0);
            if (count == 0) {
                findings.lost(text(window));
            } else if (count > 1) {
                findings.doubled(text(window));
            }
        }
    }

    private void compareWithChain(List<Release> releases) throws IOException {
        RoomLocation location =
                new RoomLocation(
                        room.room().chainId(),
                        new Account(room.room().contract().hex()),
                        Word.of(room.policy().hash().toBytes()));
        try (RoomContract contract =
                Web3jRoom.connect(RoomEndpoint.readOnly(room.rpcUrl(), location))) {
            for (Release release : releases) {
                ReleaseDocument document = release.pending().document();
                Optional<Word> stored =
                        contract.releaseHash(
                                Word.of(document.queryId().toBytes()), document.start());
                if (!stored.equals(Optional.of(Word.of(document.releaseHash().toBytes())))) {
                    findings.differing(text(release) + " from the chain");
                }
            }
        }
    }

    private static QueryWindow window(Release release) {
        ReleaseDocument document = release.pending().document();
        return new QueryWindow(document.query(), document.start());
    }

    private static String text(Release release) {
        return text(window(release));
    }

    private static String text(QueryWindow window) {
        return window.query() + " at " + Instant.ofEpochMilli(window.start());
    }
}
