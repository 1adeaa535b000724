package io.sealroom.contracts;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Room without a chain: a faithful fake that passes the same abstract test as {@code Web3jRoom}.
 * It checks every signature and gives the contract's own errors. Thread-safe, so that several nodes
 * of one JVM can share it; {@link #close} changes nothing, for the same reason.
 *
 * <p>Every transaction gets a block of its own as soon as it is sent, unless {@link #setMining}
 * says otherwise. The endpoint can be taken away. There are no fees and no reorganisations.
 */
public final class InMemoryRoom implements RoomContract {

    private static final Duration BLOCKING_DEADLINE = Duration.ofSeconds(5);

    /**
     * Blocks that the finalized tag trails the newest one by: as of anvil with one slot an epoch.
     */
    private static final long FINALIZED_TAG_DEPTH = 2;

    private final RoomLocation expected;
    private final InMemoryContract contract;
    private final InMemoryBlocks blocks = new InMemoryBlocks();
    private boolean away;

    private InMemoryRoom(RoomLocation expected, InMemoryContract contract) {
        this.expected = expected;
        this.contract = contract;
    }

    /**
     * A room that holds this configuration, in block 1.
     *
     * @throws RefusedConfigurationException if the contract's constructor would refuse it
     */
    public static InMemoryRoom deploy(
            long chainId, Account contract, RoomConfiguration configuration) {
        return deploy(
                new RoomLocation(chainId, contract, configuration.policyHash()),
                chainId,
                configuration);
    }

    /** The same, behind an endpoint that a client takes for something else. */
    public static InMemoryRoom deploy(
            RoomLocation expected, long chainId, RoomConfiguration configuration) {
        try {
            InMemoryContract contract =
                    new InMemoryContract(chainId, expected.contract(), configuration);
            InMemoryRoom room = new InMemoryRoom(expected, contract);
            room.blocks.send(
                    () ->
                            List.of(
                                    at ->
                                            new RoomEvent.Opened(
                                                    at,
                                                    configuration.policyHash(),
                                                    contract.configurationHash())));
            return room;
        } catch (Revert revert) {
            throw new RefusedConfigurationException(revert.error());
        }
    }

    // What a chain does by itself.

    /** Takes the endpoint away or brings it back. */
    public synchronized void setAway(boolean value) {
        away = value;
    }

    /**
     * Whether transactions get into a block as soon as they are sent; those that wait do at once.
     */
    public synchronized void setMining(boolean value) {
        blocks.setMining(value);
    }

    /** Forgets what waits, as a full mempool does. */
    public synchronized void dropWaiting() {
        blocks.dropWaiting();
    }

    /** Adds empty blocks. */
    public synchronized void mine(int count) {
        blocks.mine(count);
    }

    // RoomContract.

    @Override
    public RoomLocation location() {
        return expected;
    }

    @Override
    public synchronized void verify() throws IOException {
        reach();
    }

    @Override
    public synchronized Word configurationHash() throws IOException {
        reach();
        return contract.configurationHash();
    }

    @Override
    public synchronized boolean approved() throws IOException {
        reach();
        return contract.approved();
    }

    @Override
    public synchronized boolean hasApproved(int partnerIndex) throws IOException {
        reach();
        return contract.hasApproved(partnerIndex);
    }

    @Override
    public synchronized ApproveOutcome approve(int partnerIndex, Signature signature) {
        try {
            reach();
            boolean before = contract.hasApproved(partnerIndex);
            List<InMemoryContract.Emission> emissions = contract.approve(partnerIndex, signature);
            if (before) {
                return new ApproveOutcome.AlreadyApproved();
            }
            return new ApproveOutcome.Approved(blocks.send(() -> emissions));
        } catch (IOException e) {
            return new ApproveOutcome.Retry(RetryCause.ENDPOINT_AWAY, "endpoint is away");
        } catch (Revert revert) {
            return new ApproveOutcome.Refused(revert.error());
        }
    }

    @Override
    public synchronized Submission submit(ReleaseOffer offer) {
        try {
            reach();
            InMemoryContract.Effect effect = contract.publish(offer);
            if (effect.outcome() == InMemoryContract.Outcome.ALREADY_PUBLISHED
                    || (effect.outcome() == InMemoryContract.Outcome.CONFLICT
                            && Outcomes.onRecord(blocks.events(), offer))) {
                return new Submission.Settled(standing(offer));
            }
            return new Submission.Sent(blocks.send(() -> execute(offer)));
        } catch (IOException e) {
            return new Submission.Settled(away());
        } catch (Revert revert) {
            return new Submission.Settled(Outcomes.ofRevert(revert.error()));
        }
    }

    /** There is nothing to be outbid here: the oldest waiting transaction is replaced. */
    @Override
    public synchronized Submission resubmit(ReleaseOffer offer) {
        if (!away) {
            blocks.dropOldest();
        }
        return submit(offer);
    }

    @Override
    public synchronized PublishOutcome outcome(ReleaseOffer offer, Word transaction) {
        try {
            reach();
        } catch (IOException e) {
            return away();
        }
        Optional<InMemoryBlocks.Mined> mined = blocks.mined(transaction);
        if (mined.isEmpty()) {
            boolean recorded =
                    contract.releaseHash(offer.key()).equals(Optional.of(offer.releaseHash()));
            return recorded && !blocks.isWaiting(transaction)
                    ? new PublishOutcome.AlreadyThere(offer.releaseHash())
                    : new PublishOutcome.Retry(RetryCause.NOT_MINED, "not in a block yet");
        }
        return mined.get()
                .error()
                .map(Outcomes::ofRevert)
                .or(() -> Outcomes.ofLogs(mined.get().events()))
                .orElseGet(() -> standing(offer));
    }

    @Override
    public PublishOutcome publish(ReleaseOffer offer) {
        return BlockingPublish.run(this, offer, BLOCKING_DEADLINE);
    }

    @Override
    public synchronized Optional<Word> releaseHash(Word query, long start) throws IOException {
        reach();
        return contract.releaseHash(new ReleaseOffer.Key(query, start));
    }

    @Override
    public synchronized Optional<Word> totalsCommitment(Word partner, long start, long end)
            throws IOException {
        reach();
        return contract.totalsCommitment(partner, start, end);
    }

    @Override
    public synchronized long headBlock() throws IOException {
        reach();
        return blocks.head();
    }

    @Override
    public synchronized long finalBlock() throws IOException {
        reach();
        int depth = contract.configuration().finalityDepth();
        return depth == 0
                ? Math.max(0, blocks.head() - FINALIZED_TAG_DEPTH)
                : Math.max(-1, blocks.head() - depth);
    }

    @Override
    public synchronized List<RoomEvent> events(long fromBlock, long toBlock) throws IOException {
        reach();
        return blocks.events().stream()
                .filter(e -> e.at().blockNumber() >= fromBlock && e.at().blockNumber() <= toBlock)
                .toList();
    }

    @Override
    public void close() {}

    // The chain.

    private void reach() throws IOException {
        if (away) {
            throw new IOException("the chain endpoint is away");
        }
        LocationCheck.compare(expected, contract.location());
    }

    private List<InMemoryContract.Emission> execute(ReleaseOffer offer) {
        InMemoryContract.Effect effect = contract.publish(offer);
        effect.commit().run();
        return effect.emissions();
    }

    private PublishOutcome standing(ReleaseOffer offer) {
        return Outcomes.standing(offer, contract.releaseHash(offer.key()));
    }

    private static PublishOutcome away() {
        return new PublishOutcome.Retry(RetryCause.ENDPOINT_AWAY, "endpoint is away");
    }
}
