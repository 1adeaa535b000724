package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import java.math.BigInteger;
import java.util.List;

/** This module's values as the generated code's, and back. */
final class AbiTypes {

    private AbiTypes() {}

    static Room.Configuration configuration(RoomConfiguration c) {
        return new Room.Configuration(
                c.room().toBytes(),
                c.policyHash().toBytes(),
                number(c.start()),
                number(c.end()),
                number(c.epochMillis()),
                number(c.quota()),
                number(c.semantics()),
                number(c.finalityDepth()),
                number(c.quorum()),
                c.ledger().hex(),
                c.partners().stream()
                        .map(
                                p ->
                                        new Room.Partner(
                                                p.id().toBytes(),
                                                p.approver().hex(),
                                                p.signer().hex(),
                                                p.dataset().toBytes()))
                        .toList(),
                c.nodes().stream().map(Account::hex).toList(),
                c.queries().stream()
                        .map(
                                q ->
                                        new Room.Query(
                                                q.id().toBytes(),
                                                number(q.windowMillis()),
                                                number(q.charge()),
                                                number(q.datasets())))
                        .toList());
    }

    static RoomConfiguration configuration(Room.Configuration c) {
        return new RoomConfiguration(
                Word.of(c.room),
                Word.of(c.policyHash),
                c.start.longValueExact(),
                c.end.longValueExact(),
                c.epochMillis.longValueExact(),
                c.quota.longValueExact(),
                c.semantics.intValueExact(),
                c.finalityDepth.intValueExact(),
                c.quorum.intValueExact(),
                new Account(c.ledger),
                c.partners.stream().map(AbiTypes::partner).toList(),
                c.nodes.stream().map(Account::new).toList(),
                c.queries.stream()
                        .map(
                                q ->
                                        new RoomConfiguration.Query(
                                                Word.of(q.id),
                                                q.windowMillis.longValueExact(),
                                                q.charge.longValueExact(),
                                                q.datasets.intValueExact()))
                        .toList());
    }

    static RoomConfiguration.Partner partner(Room.Partner p) {
        return new RoomConfiguration.Partner(
                Word.of(p.id), new Account(p.approver), new Account(p.signer), Word.of(p.dataset));
    }

    static Room.Key key(EpochKey key) {
        return new Room.Key(key.x().toBytes(), key.y().toBytes());
    }

    static Room.Proof proof(KeyProof proof) {
        return new Room.Proof(proof.r().toBytes(), proof.s().toBytes());
    }

    static Room.SignedTotals totals(TotalsOffer totals) {
        return new Room.SignedTotals(totals.commitment().toBytes(), totals.signature().toBytes());
    }

    static Room.SignedReleases evidence(ReleaseEvidence evidence) {
        return new Room.SignedReleases(
                evidence.releases().stream()
                        .map(r -> new Room.Release(r.query().toBytes(), r.releaseHash().toBytes()))
                        .toList(),
                evidence.signature().toBytes(),
                number(evidence.index()));
    }

    static Room.WindowTotals windowTotals(WindowOffer offer) {
        return new Room.WindowTotals(
                number(offer.start()),
                number(offer.end()),
                bytes(offer.commitments()),
                offer.totalsSignatures().stream().map(Signature::toBytes).toList());
    }

    static Room.ReleaseInput release(ReleaseOffer release) {
        return new Room.ReleaseInput(
                release.query().toBytes(),
                number(release.rowCount()),
                release.root().toBytes(),
                release.mechanisms().toBytes());
    }

    static Room.Row row(ReleasedRow row) {
        return new Room.Row(
                number(row.index()),
                row.query().toBytes(),
                number(row.start()),
                number(row.end()),
                row.cell().toBytes(),
                number(row.metric()),
                number(row.status()),
                row.value(),
                row.salt().toBytes());
    }

    static List<byte[]> bytes(List<Word> words) {
        return words.stream().map(Word::toBytes).toList();
    }

    static List<Word> words(List<byte[]> words) {
        return words.stream().map(Word::of).toList();
    }

    static BigInteger number(long value) {
        return BigInteger.valueOf(value);
    }
}
