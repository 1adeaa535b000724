package io.sealroom.contracts;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/**
 * Sends transactions of one key, EIP-1559, one after another. The next number is counted here, so
 * that many can be under way, and asked of the endpoint again after any send that was not taken:
 * counting on from a refused one would leave a gap that nothing after it gets past. What is under
 * way is kept in an {@link Outbox} until it is seen in a block.
 *
 * <p>Another process with the same key makes numbers collide; that costs retries and nothing else,
 * because what is sent is idempotent.
 */
final class TransactionSender {

    /** What became of a send. */
    sealed interface Result {
        record Sent(Word transaction) implements Result {}

        record NotSent(RetryCause cause, String message) implements Result {}
    }

    /** Pools want 10 % more for a replacement, in both fees. */
    private static final BigDecimal BUMP = new BigDecimal("1.25");

    private static final int BUMPS_MAX = 20;

    private static final BigDecimal GWEI = BigDecimal.TEN.pow(9);

    private final ChainEndpoint endpoint;
    private final long chainId;
    private final ChainSigner signer;
    private final BigInteger maxFee;
    private final Outbox outbox = new Outbox();
    private @Nullable BigInteger next;
    private int bumps;

    /**
     * Has sent nothing yet.
     *
     * @param maxFee that may be offered at most, wei per gas
     */
    TransactionSender(ChainEndpoint endpoint, long chainId, ChainSigner signer, BigInteger maxFee) {
        this.endpoint = endpoint;
        this.chainId = chainId;
        this.signer = signer;
        this.maxFee = maxFee;
    }

    Account account() {
        return signer.account();
    }

    /**
     * Sends with the next number.
     *
     * @param to the contract, or empty text to create one
     */
    synchronized Result send(String to, String data, BigInteger gasLimit) throws IOException {
        BigInteger counted = next;
        if (counted != null) {
            Result result = sendNext(counted, to, data, gasLimit);
            boolean usedUp =
                    result instanceof Result.NotSent notSent && notSent.cause() == RetryCause.NONCE;
            if (!usedUp) {
                return result;
            }
        }
        return sendNext(endpoint.transactionCount(account(), true), to, data, gasLimit);
    }

    private Result sendNext(BigInteger number, String to, String data, BigInteger gasLimit)
            throws IOException {
        next = null; // until the endpoint has taken it
        Result result = send(number, to, data, gasLimit);
        if (result instanceof Result.Sent) {
            next = number.add(BigInteger.ONE);
        }
        return result;
    }

    /**
     * Replaces the very same call, if it is under way. Its gas is not asked for again: an endpoint
     * may tell what it takes after what waits, and after itself the call may be refused.
     */
    synchronized Optional<Result> replaceUnderWay(String to, String data) throws IOException {
        if (outbox.numberOf(to, data).isPresent()) {
            outbox.minedBelow(endpoint.transactionCount(account(), false));
        }
        Optional<Outbox.Entry> own = outbox.numberOf(to, data).flatMap(outbox::at);
        return own.isPresent()
                ? Optional.of(replace(to, data, own.get().gasLimit()))
                : Optional.empty();
    }

    /**
     * Sends what is under way again, at a fee that outbids it; but first the lowest number that is
     * in no block yet, if that is what holds all others up. Whoever had that number brings its call
     * again, under another.
     *
     * <p>What the endpoint holds is not outbid before a block was made without it: as long as there
     * are no blocks, the fee is not why it is in none.
     */
    synchronized Result replace(String to, String data, BigInteger gasLimit) throws IOException {
        BigInteger lowest = endpoint.transactionCount(account(), false);
        outbox.minedBelow(lowest);
        ChainEndpoint.Head head = endpoint.head();
        Optional<BigInteger> own = outbox.numberOf(to, data);
        BigInteger number = own.isEmpty() || holdsUp(lowest, own.get(), head) ? lowest : own.get();
        if (isFresh(number, head)) {
            return own.flatMap(outbox::at).isPresent()
                    ? new Result.Sent(outbox.at(own.get()).orElseThrow().transaction())
                    : send(to, data, gasLimit);
        }
        if (number.equals(lowest)) {
            next = null;
        }
        return send(number, to, data, gasLimit);
    }

    private boolean holdsUp(BigInteger lowest, BigInteger own, ChainEndpoint.Head head)
            throws IOException {
        Optional<Outbox.Entry> first = outbox.at(lowest);
        return first.isEmpty()
                || first.get().replacements()
                        < outbox.at(own).map(Outbox.Entry::replacements).orElse(0)
                || first.get().fees().max().compareTo(head.baseFee()) < 0
                || !endpoint.knows(first.get().transaction());
    }

    /** Whether the endpoint holds what has the number, and has made no block since it was sent. */
    private boolean isFresh(BigInteger number, ChainEndpoint.Head head) throws IOException {
        Optional<Outbox.Entry> entry = outbox.at(number);
        return entry.isPresent()
                && head.number() <= entry.get().sentAt()
                && endpoint.knows(entry.get().transaction());
    }

    /** A transaction got into a block: the fee was right. */
    synchronized void mined(Word transaction) {
        bumps = 0;
        outbox.mined(transaction);
    }

    private Result send(BigInteger number, String to, String data, BigInteger gasLimit)
            throws IOException {
        ChainEndpoint.Head head = endpoint.head();
        BigInteger priority = priority(number);
        BigInteger least = leastFee(number, head, priority);
        if (least.compareTo(maxFee) > 0) {
            bumps = 0;
            return new Result.NotSent(RetryCause.UNDERPRICED, tooDear(least));
        }
        // Twice the base fee stays valid through six full blocks.
        BigInteger most = least.max(times(head.baseFee().shiftLeft(1), bumps).add(priority));
        Outbox.Fees fees = new Outbox.Fees(priority, most.min(maxFee));
        RawTransaction transaction =
                RawTransaction.createTransaction(
                        chainId,
                        number,
                        gasLimit,
                        to,
                        BigInteger.ZERO,
                        data,
                        fees.priority(),
                        fees.max());
        byte[] signed =
                TransactionEncoder.signMessage(
                        transaction, chainId, Credentials.create(signer.pair()));
        Word hash = Word.of(Hash.sha3(signed));
        ChainEndpoint.SendResult sent = endpoint.sendRaw(ChainEndpoint.hex(signed));
        if (sent instanceof ChainEndpoint.SendResult.NotTaken notTaken
                && !isKnown(notTaken.message())) {
            RetryCause cause = cause(notTaken.message());
            if (cause == RetryCause.UNDERPRICED) {
                bumps = Math.min(bumps + 1, BUMPS_MAX);
            }
            return new Result.NotSent(cause, notTaken.message());
        }
        outbox.put(number, new Outbox.Entry(hash, to, data, gasLimit, fees, head.number(), 0));
        return new Result.Sent(hash);
    }

    /** What the chain asks for, and more than what has the number now, as far as that is known. */
    private BigInteger priority(BigInteger number) throws IOException {
        BigInteger asked = times(endpoint.priorityFee(), bumps);
        return outbox.at(number)
                .map(had -> times(had.fees().priority(), 1).max(asked))
                .orElse(asked);
    }

    /** What a block may take now, and more than what has the number. */
    private BigInteger leastFee(BigInteger number, ChainEndpoint.Head head, BigInteger priority) {
        BigInteger asked = head.baseFee().add(priority);
        return outbox.at(number).map(had -> times(had.fees().max(), 1).max(asked)).orElse(asked);
    }

    private String tooDear(BigInteger fee) {
        return String.format(
                "the chain asks for %s gwei per gas, above the %s that may be paid",
                gwei(fee), gwei(maxFee));
    }

    private static String gwei(BigInteger wei) {
        return new BigDecimal(wei).divide(GWEI).stripTrailingZeros().toPlainString();
    }

    private static BigInteger times(BigInteger fee, int bumps) {
        return new BigDecimal(fee)
                .multiply(BUMP.pow(bumps))
                .setScale(0, RoundingMode.CEILING)
                .toBigInteger();
    }

    /** The very same transaction waits there already. */
    private static boolean isKnown(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains("already known") || text.contains("already imported");
    }

    /** By the words of geth, reth, erigon, nethermind and anvil. */
    static RetryCause cause(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("underpriced")
                || text.contains("less than block base fee")
                || text.contains("fee too low")
                || text.contains("fee cap")) {
            return RetryCause.UNDERPRICED;
        }
        if (text.contains("nonce")) {
            return RetryCause.NONCE;
        }
        return text.contains("insufficient funds") ? RetryCause.FUNDS : RetryCause.NOT_SENT;
    }
}
