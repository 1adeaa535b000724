package io.sealroom.contracts;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A Room behind a JSON-RPC endpoint. Connecting does no input or output: a job may start while the
 * endpoint is away.
 */
public final class Web3jRoom implements RoomContract {

    private final RoomSession session;
    private final RoomReads reads;

    private Web3jRoom(RoomSession session) {
        this.session = session;
        this.reads = session.reads();
    }

    public static Web3jRoom connect(RoomEndpoint endpoint) {
        return new Web3jRoom(new RoomSession(endpoint));
    }

    @Override
    public RoomLocation location() {
        return session.location();
    }

    @Override
    public void verify() throws IOException {
        session.verify();
    }

    @Override
    public Word configurationHash() throws IOException {
        return session.ask(reads::configurationHash);
    }

    @Override
    public boolean approved() throws IOException {
        return session.ask(reads::approved);
    }

    @Override
    public boolean active() throws IOException {
        return session.ask(reads::active);
    }

    @Override
    public Optional<Word> keysCommitment(int partnerIndex) throws IOException {
        return session.ask(() -> reads.keysCommitment(partnerIndex));
    }

    @Override
    public boolean revealed(int partnerIndex) throws IOException {
        return session.ask(() -> reads.revealed(partnerIndex));
    }

    @Override
    public long closesAt() throws IOException {
        return session.ask(reads::closesAt);
    }

    @Override
    public boolean charged(Word query, long epoch) throws IOException {
        return session.ask(() -> reads.charged(query, epoch));
    }

    @Override
    public ActionOutcome approve(int partnerIndex, Word keys, Signature signature) {
        return session.action(
                        reads.approve(partnerIndex, keys, signature),
                        () -> reads.keysCommitment(partnerIndex).isPresent())
                .bring();
    }

    @Override
    public ActionOutcome reveal(int partnerIndex, List<EpochKey> keys, List<KeyProof> proofs) {
        return session.action(
                        reads.reveal(partnerIndex, keys, proofs),
                        () -> reads.revealed(partnerIndex))
                .bring();
    }

    @Override
    public ActionOutcome leaveFrom(int partnerIndex, long epoch, Signature signature) {
        return session.action(reads.leaveFrom(partnerIndex, epoch, signature), () -> false).bring();
    }

    @Override
    public ActionOutcome proveTotalsEquivocation(
            int partnerIndex, long start, long end, TotalsOffer first, TotalsOffer second) {
        return session.action(
                        reads.proveTotalsEquivocation(partnerIndex, start, end, first, second),
                        () -> false)
                .bring();
    }

    @Override
    public ActionOutcome proveReleaseEquivocation(
            long start, long end, ReleaseEvidence first, ReleaseEvidence second) {
        return session.action(
                        reads.proveReleaseEquivocation(start, end, first, second), () -> false)
                .bring();
    }

    @Override
    public Submission submit(WindowOffer offer) {
        return new Publication(session, offer).submit(false);
    }

    @Override
    public Submission resubmit(WindowOffer offer) {
        return new Publication(session, offer).submit(true);
    }

    @Override
    public List<PublishOutcome> outcome(WindowOffer offer, Word transaction) {
        return new Publication(session, offer).outcome(transaction);
    }

    @Override
    public List<PublishOutcome> publish(WindowOffer offer) {
        return BlockingPublish.run(this, offer, session.timeout());
    }

    @Override
    public Optional<Word> releaseHash(Word query, long start) throws IOException {
        return session.ask(() -> reads.releaseHash(query, start));
    }

    @Override
    public Optional<Word> totalsHash(long start, long end) throws IOException {
        return session.ask(() -> reads.totalsHash(start, end));
    }

    @Override
    public boolean verifyRow(ReleasedRow row, ReleaseOffer release, Word totals, List<Word> proof)
            throws IOException {
        return session.ask(() -> reads.verifyRow(row, release, totals, proof));
    }

    @Override
    public long headBlock() throws IOException {
        return session.headBlock();
    }

    @Override
    public long finalBlock() throws IOException {
        return session.finalBlock();
    }

    @Override
    public List<RoomEvent> events(long fromBlock, long toBlock) throws IOException {
        return session.events(fromBlock, toBlock, List.of());
    }

    @Override
    public void close() {
        session.close();
    }
}
