package io.sealroom.contracts;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Room without a chain: a faithful fake that passes the same abstract test as {@code Web3jRoom}.
 * It checks every signature and proof and gives the contract's own errors. Thread-safe, so that
 * several nodes of one JVM can share it; {@link #close} changes nothing, for the same reason.
 *
 * <p>What the chain does by itself is told to the {@link InMemoryChain}; the methods here of the
 * same names are those, for rooms that are alone on theirs.
 */
public final class InMemoryRoom implements RoomContract {

    private static final Duration BLOCKING_DEADLINE = Duration.ofSeconds(5);

    /**
     * Blocks that the finalized tag trails the newest one by: as of anvil with one slot an epoch.
     */
    private static final long FINALIZED_TAG_DEPTH = 2;

    private static final long UINT32_MAX = 0xffff_ffffL;

    private final InMemoryChain chain;
    private final RoomLocation expected;
    private final InMemoryContract contract;
    private final InMemoryCeremony ceremony;

    InMemoryRoom(InMemoryChain chain, RoomLocation expected, InMemoryContract contract) {
        this.chain = chain;
        this.expected = expected;
        this.contract = contract;
        this.ceremony = contract.ceremony();
    }

    /**
     * A room that holds this configuration, in block 1 of a chain of its own, with the ledger where
     * the configuration has it.
     *
     * @throws RefusedConfigurationException if the contract's constructor would refuse it
     */
    public static InMemoryRoom deploy(
            long chainId, Account contract, RoomConfiguration configuration) {
        return new InMemoryChain(chainId, configuration.ledger())
                .createRoom(contract, configuration);
    }

    /** The same, behind an endpoint that a client takes for something else. */
    public static InMemoryRoom deploy(
            RoomLocation expected, long chainId, RoomConfiguration configuration) {
        return deploy(chainId, expected.contract(), configuration).chain.room(expected);
    }

    /**
     * The same as {@link #deploy}, where the ceremony is over and every data set may be spent of
     * without end: for tests of what comes after. There are no events of the ceremony, and no keys.
     */
    public static InMemoryRoom active(
            long chainId, Account contract, RoomConfiguration configuration) {
        InMemoryRoom room = deploy(chainId, contract, configuration);
        room.ceremony.skip();
        for (RoomConfiguration.Partner partner : room.contract.plan().suppliers()) {
            room.chain
                    .budget()
                    .endow(partner.dataset(), contract, configuration.epochMillis(), UINT32_MAX);
        }
        return room;
    }

    /** Where it is. */
    public InMemoryChain chain() {
        return chain;
    }

    // What a chain does by itself.

    /** Takes the endpoint away or brings it back. */
    public void setAway(boolean value) {
        chain.setAway(value);
    }

    /**
     * Whether transactions get into a block as soon as they are sent; those that wait do at once.
     */
    public void setMining(boolean value) {
        chain.setMining(value);
    }

    /** Forgets what waits, as a full mempool does. */
    public void dropWaiting() {
        chain.dropWaiting();
    }

    /** Adds empty blocks. */
    public void mine(int count) {
        chain.mine(count);
    }

    // RoomContract: what is asked.

    @Override
    public RoomLocation location() {
        return expected;
    }

    @Override
    public void verify() throws IOException {
        ask(() -> true);
    }

    @Override
    public Word configurationHash() throws IOException {
        return ask(() -> contract.plan().hash());
    }

    @Override
    public boolean approved() throws IOException {
        return ask(ceremony::approved);
    }

    @Override
    public boolean active() throws IOException {
        return ask(ceremony::active);
    }

    @Override
    public Optional<Word> keysCommitment(int partnerIndex) throws IOException {
        return ask(() -> ceremony.keysCommitment(partnerIndex));
    }

    @Override
    public boolean revealed(int partnerIndex) throws IOException {
        return ask(() -> ceremony.revealed(partnerIndex));
    }

    @Override
    public long closesAt() throws IOException {
        return ask(ceremony::closesAt);
    }

    @Override
    public boolean charged(Word query, long epoch) throws IOException {
        try {
            return ask(() -> contract.charged(query, epoch));
        } catch (Revert revert) {
            throw ContractViews.refused(revert.error());
        }
    }

    @Override
    public Optional<Word> releaseHash(Word query, long start) throws IOException {
        return ask(() -> contract.releaseHash(query, start));
    }

    @Override
    public Optional<Word> totalsHash(long start, long end) throws IOException {
        return ask(() -> contract.totalsHash(start, end));
    }

    @Override
    public boolean verifyRow(ReleasedRow row, ReleaseOffer release, Word totals, List<Word> proof)
            throws IOException {
        return ask(
                () ->
                        contract.evidence()
                                .verifyRow(
                                        row,
                                        release,
                                        totals,
                                        proof,
                                        contract.releaseHash(row.query(), row.start())));
    }

    @Override
    public long headBlock() throws IOException {
        return ask(() -> chain.blocks().head());
    }

    @Override
    public long finalBlock() throws IOException {
        return ask(() -> finalBlock(chain.blocks().head()));
    }

    private long finalBlock(long head) {
        int depth = contract.plan().configuration().finalityDepth();
        return depth == 0 ? Math.max(0, head - FINALIZED_TAG_DEPTH) : Math.max(-1, head - depth);
    }

    @Override
    public List<RoomEvent> events(long fromBlock, long toBlock) throws IOException {
        return ask(() -> chain.roomEvents(expected.contract(), fromBlock, toBlock));
    }

    // RoomContract: what is waited for.

    @Override
    public ActionOutcome approve(int partnerIndex, Word keys, Signature signature) {
        return chain.act(
                this::compare,
                tx -> ceremony.approve(tx, partnerIndex, keys, signature),
                () -> ceremony.keysCommitment(partnerIndex).isPresent());
    }

    @Override
    public ActionOutcome reveal(int partnerIndex, List<EpochKey> keys, List<KeyProof> proofs) {
        return chain.act(
                this::compare,
                tx -> ceremony.reveal(tx, partnerIndex, keys, proofs),
                () -> ceremony.revealed(partnerIndex));
    }

    @Override
    public ActionOutcome leaveFrom(int partnerIndex, long epoch, Signature signature) {
        return act(tx -> ceremony.leaveFrom(tx, partnerIndex, epoch, signature));
    }

    @Override
    public ActionOutcome proveTotalsEquivocation(
            int partnerIndex, long start, long end, TotalsOffer first, TotalsOffer second) {
        return act(
                tx ->
                        contract.evidence()
                                .proveTotalsEquivocation(
                                        tx, partnerIndex, start, end, first, second));
    }

    @Override
    public ActionOutcome proveReleaseEquivocation(
            long start, long end, ReleaseEvidence first, ReleaseEvidence second) {
        return act(
                tx -> contract.evidence().proveReleaseEquivocation(tx, start, end, first, second));
    }

    private ActionOutcome act(InMemoryBlocks.Call call) {
        return chain.act(this::compare, call, () -> false);
    }

    // RoomContract: publish.

    @Override
    public Submission submit(WindowOffer offer) {
        return publication(offer).submit(this::compare, false);
    }

    /** There is nothing to be outbid here: the oldest waiting transaction is replaced. */
    @Override
    public Submission resubmit(WindowOffer offer) {
        return publication(offer).submit(this::compare, true);
    }

    @Override
    public List<PublishOutcome> outcome(WindowOffer offer, Word transaction) {
        return publication(offer).outcome(this::compare, transaction);
    }

    private InMemoryPublication publication(WindowOffer offer) {
        return new InMemoryPublication(chain, contract, offer);
    }

    @Override
    public List<PublishOutcome> publish(WindowOffer offer) {
        return BlockingPublish.run(this, offer, BLOCKING_DEADLINE);
    }

    @Override
    public void close() {}

    // The chain.

    private <T> T ask(ContractSession.Question<T> question) throws IOException {
        return chain.ask(this::compare, question);
    }

    private void compare() {
        LocationCheck.compare(expected, contract.plan().location());
    }
}
