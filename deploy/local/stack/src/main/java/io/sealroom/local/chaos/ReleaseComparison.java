package io.sealroom.local.chaos;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.contracts.Word;
import io.sealroom.local.stack.EventLog;
import io.sealroom.local.stack.LocalRoom;
import io.sealroom.pipeline.testing.ExpectedRows;
import io.sealroom.reference.BatchReference;
import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRules;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
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
     * @param log events that the node must have admitted
     */
    void compare(EventLog log, List<Release> releases, List<Withheld> withheld) throws IOException {
        Map<QueryWindow, List<BigInteger>> exact =
                BatchReference.totals(room.policy(), log.history());
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
        for (Release release : releases) {
            if (!isExpected(release.pending(), log, exact)) {
                findings.differing(text(release) + " from the batch reference");
            }
        }
        compareWithChain(releases);
    }

    /**
     * Whether a release is, byte for byte, what it must be. That its mechanisms are the policy's is
     * what {@code sealroom verify} checks.
     */
    private boolean isExpected(
            PendingRelease release, EventLog log, Map<QueryWindow, List<BigInteger>> exact) {
        ReleaseDocument document = release.document();
        RoomIdentity identity = room.room().identity(room.policy());
        List<BigInteger> totals = exact.get(new QueryWindow(document.query(), document.start()));
        return totals != null
                && log.isClosed(document.end())
                && document.identity().equals(identity)
                && document.rows()
                        .equals(new ExpectedRows(room.policy(), identity, log).of(document, totals))
                && release.equals(PendingRelease.of(document))
                && ReleaseRules.faults(release).isEmpty();
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
