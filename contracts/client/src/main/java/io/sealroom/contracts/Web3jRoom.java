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
    public boolean hasApproved(int partnerIndex) throws IOException {
        return session.ask(() -> reads.hasApproved(partnerIndex));
    }

    @Override
    public ApproveOutcome approve(int partnerIndex, Signature signature) {
        return new Approval(session, partnerIndex, signature).bring();
    }

    @Override
    public Submission submit(ReleaseOffer offer) {
        return new Publication(session, offer).submit(false);
    }

    @Override
    public Submission resubmit(ReleaseOffer offer) {
        return new Publication(session, offer).submit(true);
    }

    @Override
    public PublishOutcome outcome(ReleaseOffer offer, Word transaction) {
        return new Publication(session, offer).outcome(transaction);
    }

    @Override
    public PublishOutcome publish(ReleaseOffer offer) {
        return BlockingPublish.run(this, offer, session.timeout());
    }

    @Override
    public Optional<Word> releaseHash(Word query, long start) throws IOException {
        return session.ask(() -> reads.releaseHash(query, start));
    }

    @Override
    public Optional<Word> totalsCommitment(Word partner, long start, long end) throws IOException {
        return session.ask(() -> reads.totalsCommitment(partner, start, end));
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
        return toBlock < fromBlock ? List.of() : session.events(fromBlock, toBlock, List.of());
    }

    @Override
    public void close() {
        session.close();
    }
}
