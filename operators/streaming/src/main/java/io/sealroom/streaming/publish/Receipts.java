package io.sealroom.streaming.publish;

import io.sealroom.contracts.ChainEvent;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.hash.Bytes32;
import java.util.ArrayList;
import java.util.List;

/**
 * What the contract's events say of releases. Evidence against a party, and the end of the room,
 * are alarms; all others are passed over.
 */
final class Receipts {

    private Receipts() {}

    static List<ReceiptRecord> of(List<RoomEvent> events) {
        List<ReceiptRecord> receipts = new ArrayList<>();
        for (RoomEvent event : events) {
            if (event instanceof RoomEvent.Published published) {
                receipts.add(of(published));
            } else if (event instanceof RoomEvent.Conflict conflict) {
                receipts.add(of(conflict));
            } else if (event instanceof RoomEvent.Withheld withheld) {
                receipts.add(of(withheld));
            } else {
                alarm(event);
            }
        }
        return receipts;
    }

    private static void alarm(RoomEvent event) {
        if (event instanceof RoomEvent.TotalsConflict totals) {
            PublishLog.totalsConflict(new WindowBounds(totals.start(), totals.end()));
        } else if (event instanceof RoomEvent.TotalsEquivocation totals) {
            PublishLog.totalsEquivocation(
                    new WindowBounds(totals.start(), totals.end()),
                    Words.bytes32(totals.partner()),
                    Words.bytes32(totals.first()),
                    Words.bytes32(totals.second()));
        } else if (event instanceof RoomEvent.ReleaseEquivocation release) {
            PublishLog.nodeEquivocates(
                    new WindowBounds(release.start(), release.end()),
                    Words.bytes32(release.query()),
                    release.node().hex(),
                    Words.bytes32(release.first()),
                    Words.bytes32(release.second()));
        } else if (event instanceof RoomEvent.Left left) {
            PublishLog.left(Words.bytes32(left.partner()), left.closesAt());
        }
    }

    private static ReceiptRecord of(RoomEvent.Published event) {
        return receipt(
                ReceiptKind.PUBLISHED,
                key(event.query(), event.start()),
                event.end(),
                Words.bytes32(event.releaseHash()),
                Bytes32.ZERO,
                event.at());
    }

    private static ReceiptRecord of(RoomEvent.Conflict event) {
        return receipt(
                ReceiptKind.CONFLICT,
                key(event.query(), event.start()),
                event.end(),
                event.stored().map(Words::bytes32).orElse(Bytes32.ZERO),
                Words.bytes32(event.offered()),
                event.at());
    }

    private static ReceiptRecord of(RoomEvent.Withheld event) {
        return receipt(
                ReceiptKind.WITHHELD,
                key(event.query(), event.start()),
                event.end(),
                Bytes32.ZERO,
                Words.bytes32(event.offered()),
                event.at());
    }

    private static ReleaseKey key(Word query, long start) {
        return new ReleaseKey(Words.bytes32(query), start);
    }

    private static ReceiptRecord receipt(
            ReceiptKind kind,
            ReleaseKey key,
            long end,
            Bytes32 releaseHash,
            Bytes32 offered,
            ChainEvent.Position at) {
        return new ReceiptRecord(
                kind,
                key,
                end,
                releaseHash,
                offered,
                Words.bytes32(at.transaction()),
                at.blockNumber(),
                Words.bytes32(at.blockHash()));
    }
}
