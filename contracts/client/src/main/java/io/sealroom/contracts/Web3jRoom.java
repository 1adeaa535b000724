package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * A Room behind a JSON-RPC endpoint. Connecting does no input or output: a job may start while the
 * endpoint is away.
 */
public final class Web3jRoom implements RoomContract {

    private static final Account NOBODY = new Account("0x" + "0".repeat(40));

    /**
     * A publish that is simulated now may find other totals and releases there when it is mined.
     */
    private static final BigInteger GAS_HEADROOM = BigInteger.valueOf(100_000);

    /** What endpoints allow in one search. */
    private static final long CONFLICT_SEARCH_BLOCKS = 5_000;

    private static final BigInteger ALREADY_PUBLISHED = BigInteger.ONE;
    private static final BigInteger CONFLICT = BigInteger.TWO;

    private final RoomEndpoint settings;
    private final ChainEndpoint endpoint;
    private final RoomReads room;
    private final ErrorDecoder errors = new ErrorDecoder();
    private final @Nullable TransactionSender sender;
    private volatile boolean verified;
    private volatile int finalityDepth;

    private Web3jRoom(RoomEndpoint settings) {
        this.settings = settings;
        this.endpoint = new ChainEndpoint(settings.rpcUrl(), settings.timeout());
        this.sender =
                settings.sender()
                        .map(
                                key ->
                                        new TransactionSender(
                                                endpoint, settings.location().chainId(), key))
                        .orElse(null);
        this.room =
                new RoomReads(
                        endpoint,
                        settings.location().contract(),
                        settings.sender().map(ChainSigner::account).orElse(NOBODY));
    }

    public static Web3jRoom connect(RoomEndpoint endpoint) {
        return new Web3jRoom(endpoint);
    }

    @Override
    public RoomLocation location() {
        return settings.location();
    }

    // Reads.

    /** A read or a simulation at the endpoint. */
    private interface Ask<T> {
        T now() throws IOException;
    }

    /** After any failure the endpoint behind the URL may be another one. */
    private <T> T ask(Ask<T> question) throws IOException {
        if (!verified) {
            verify();
        }
        try {
            return question.now();
        } catch (IOException e) {
            verified = false;
            throw e;
        }
    }

    @Override
    public void verify() throws IOException {
        RoomLocation location = location();
        LocationCheck.chainId(location, endpoint.chainId());
        try {
            if (!endpoint.hasCode(location.contract())) {
                throw noRoom();
            }
            LocationCheck.policyHash(location, room.policyHash());
            finalityDepth = room.finalityDepth();
        } catch (RoomReads.NoSuchRoomException e) {
            throw noRoom();
        }
        verified = true;
    }

    private WrongChainException noRoom() {
        return new WrongChainException(
                WrongChainException.What.CONTRACT, location().contract().hex(), "no Room");
    }

    @Override
    public Word configurationHash() throws IOException {
        return ask(room::configurationHash);
    }

    @Override
    public boolean approved() throws IOException {
        return ask(room::approved);
    }

    @Override
    public boolean hasApproved(int partnerIndex) throws IOException {
        return ask(() -> room.hasApproved(partnerIndex));
    }

    @Override
    public Optional<Word> releaseHash(Word query, long start) throws IOException {
        return ask(() -> room.releaseHash(query, start));
    }

    @Override
    public Optional<Word> totalsCommitment(Word partner, long start, long end) throws IOException {
        return ask(() -> room.totalsCommitment(partner, start, end));
    }

    @Override
    public long headBlock() throws IOException {
        return ask(endpoint::headBlock);
    }

    @Override
    public long finalBlock() throws IOException {
        return ask(
                () ->
                        finalityDepth == 0
                                ? endpoint.finalizedBlock()
                                : Math.max(-1, endpoint.headBlock() - finalityDepth));
    }

    @Override
    public List<RoomEvent> events(long fromBlock, long toBlock) throws IOException {
        return toBlock < fromBlock
                ? List.of()
                : ask(
                        () ->
                                decode(
                                        endpoint.logs(
                                                location().contract(),
                                                fromBlock,
                                                toBlock,
                                                List.of())));
    }

    private static List<RoomEvent> decode(List<Log> logs) {
        List<RoomEvent> events = new ArrayList<>();
        for (Log log : logs) {
            EventDecoder.decode(log).ifPresent(events::add);
        }
        return events;
    }

    // Actions.

    @Override
    public ApproveOutcome approve(int partnerIndex, Signature signature) {
        return new Approval(this, partnerIndex, signature).bring();
    }

    @Override
    public Submission submit(ReleaseOffer offer) {
        return send(offer, false);
    }

    @Override
    public Submission resubmit(ReleaseOffer offer) {
        return send(offer, true);
    }

    private Submission send(ReleaseOffer offer, boolean replace) {
        try {
            String data = room.publish(offer);
            Optional<PublishOutcome> known = simulate(offer, data);
            if (known.isPresent()) {
                return new Submission.Settled(known.get());
            }
            TransactionSender.Result result = transact(data, replace);
            return result instanceof TransactionSender.Result.Sent sent
                    ? new Submission.Sent(sent.transaction())
                    : new Submission.Settled(retry((TransactionSender.Result.NotSent) result));
        } catch (IOException e) {
            return new Submission.Settled(away(e));
        }
    }

    /** The outcome, where the newest block already decides it and nothing is left to record. */
    private Optional<PublishOutcome> simulate(ReleaseOffer offer, String data) throws IOException {
        ChainEndpoint.CallResult result = call(data);
        if (result instanceof ChainEndpoint.CallResult.Reverted reverted) {
            return Optional.of(Outcomes.ofRevert(errors.decode(reverted.data())));
        }
        BigInteger outcome = Numeric.toBigInt(((ChainEndpoint.CallResult.Returned) result).data());
        if (outcome.equals(ALREADY_PUBLISHED) || (outcome.equals(CONFLICT) && onRecord(offer))) {
            return Optional.of(
                    Outcomes.standing(offer, room.releaseHash(offer.query(), offer.start())));
        }
        return Optional.empty();
    }

    /** Not found is no harm: a conflict that is recorded twice is recorded. */
    private boolean onRecord(ReleaseOffer offer) throws IOException {
        List<String> topics =
                List.of(
                        EventDecoder.topic(Room.CONFLICT_EVENT),
                        EventDecoder.topic(offer.query()),
                        EventDecoder.topic(offer.start()));
        long head = endpoint.headBlock();
        long from = Math.max(0, head - CONFLICT_SEARCH_BLOCKS);
        return Outcomes.onRecord(
                decode(endpoint.logs(location().contract(), from, head, topics)), offer);
    }

    @Override
    public PublishOutcome outcome(ReleaseOffer offer, Word transaction) {
        try {
            Optional<TransactionReceipt> receipt = receipt(transaction);
            if (receipt.isEmpty()) {
                return withoutReceipt(offer);
            }
            if (!receipt.get().isStatusOK()) {
                return simulate(offer, room.publish(offer))
                        .orElseGet(() -> new PublishOutcome.Retry(RetryCause.NOT_SENT, "reverted"));
            }
            Optional<PublishOutcome> outcome = Outcomes.ofLogs(decode(receipt.get().getLogs()));
            return outcome.isPresent()
                    ? outcome.get()
                    : Outcomes.standing(offer, releaseHash(offer.query(), offer.start()));
        } catch (IOException e) {
            return away(e);
        }
    }

    /**
     * Another's transaction may have been first; or it was this one, and the endpoint shows what it
     * did a moment before its receipt. Either way the offer is recorded.
     */
    private PublishOutcome withoutReceipt(ReleaseOffer offer) throws IOException {
        return releaseHash(offer.query(), offer.start()).equals(Optional.of(offer.releaseHash()))
                ? new PublishOutcome.AlreadyThere(offer.releaseHash())
                : new PublishOutcome.Retry(RetryCause.NOT_MINED, "not in a block yet");
    }

    @Override
    public PublishOutcome publish(ReleaseOffer offer) {
        return BlockingPublish.run(this, offer, settings.timeout());
    }

    // For this package.

    RoomReads reads() {
        return room;
    }

    Duration timeout() {
        return settings.timeout();
    }

    ContractError decode(ChainEndpoint.CallResult.Reverted reverted) {
        return errors.decode(reverted.data());
    }

    ChainEndpoint.CallResult call(String data) throws IOException {
        TransactionSender from = sender();
        return ask(() -> endpoint.call(from.account(), location().contract(), data));
    }

    TransactionSender.Result transact(String data, boolean replace) throws IOException {
        TransactionSender from = sender();
        return ask(
                () -> {
                    String to = location().contract().hex();
                    BigInteger estimate =
                            endpoint.estimateGas(from.account(), location().contract(), data);
                    BigInteger gasLimit = estimate.add(GAS_HEADROOM);
                    return replace
                            ? from.replace(to, data, gasLimit)
                            : from.send(to, data, gasLimit);
                });
    }

    Optional<TransactionReceipt> receipt(Word transaction) throws IOException {
        Optional<TransactionReceipt> receipt = ask(() -> endpoint.receipt(transaction));
        receipt.ifPresent(mined -> sender().mined());
        return receipt;
    }

    private TransactionSender sender() {
        if (sender == null) {
            throw new IllegalStateException("sender must be given to send, this room is read only");
        }
        return sender;
    }

    private static PublishOutcome retry(TransactionSender.Result.NotSent notSent) {
        return new PublishOutcome.Retry(notSent.cause(), notSent.message());
    }

    private static PublishOutcome away(IOException e) {
        return new PublishOutcome.Retry(RetryCause.ENDPOINT_AWAY, String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
