package io.sealroom.contracts;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/**
 * Sends transactions of one key, EIP-1559, one after another. The next number is counted here, so
 * that many can be under way, and asked of the endpoint again after any send that was not taken:
 * counting on from a refused one would leave a gap that nothing after it gets past.
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

    private final ChainEndpoint endpoint;
    private final long chainId;
    private final ChainSigner signer;
    private @Nullable BigInteger next;
    private int bumps;

    TransactionSender(ChainEndpoint endpoint, long chainId, ChainSigner signer) {
        this.endpoint = endpoint;
        this.chainId = chainId;
        this.signer = signer;
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
        BigInteger number = next;
        next = null; // until the endpoint has taken it
        if (number == null) {
            number = endpoint.transactionCount(account(), true);
        }
        Result result = send(number, to, data, gasLimit);
        if (result instanceof Result.Sent) {
            next = number.add(BigInteger.ONE);
        }
        return result;
    }

    /** Sends with the lowest number that is in no block yet, at a fee that outbids what has it. */
    synchronized Result replace(String to, String data, BigInteger gasLimit) throws IOException {
        next = null;
        bumps = Math.min(bumps + 1, BUMPS_MAX);
        return send(endpoint.transactionCount(account(), false), to, data, gasLimit);
    }

    /** A transaction got into a block: the fee was right. */
    synchronized void mined() {
        bumps = 0;
    }

    private Result send(BigInteger number, String to, String data, BigInteger gasLimit)
            throws IOException {
        BigInteger priority = bumped(endpoint.priorityFee());
        // Twice the base fee stays valid through six full blocks.
        BigInteger max = bumped(endpoint.baseFee().shiftLeft(1)).add(priority);
        RawTransaction transaction =
                RawTransaction.createTransaction(
                        chainId, number, gasLimit, to, BigInteger.ZERO, data, priority, max);
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
        return new Result.Sent(hash);
    }

    private BigInteger bumped(BigInteger fee) {
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
