package io.sealroom.partner.kit;

import io.sealroom.partner.exchange.TestingRefusal;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.tokens.EpochEndedException;
import io.sealroom.partner.tokens.LiveTokenSource;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Tokens by script: at once, unless the identifier begins with a word that says otherwise. {@code
 * away-} waits until the partner is back, {@code refused-} has used up its quota, {@code denied-}
 * is refused for no reason, {@code old-} is of an epoch that is over, {@code busy-} fails the first
 * time for a reason that passes.
 */
final class TestingTokens implements LiveTokenSource {

    private final List<Runnable> held = new ArrayList<>();
    private boolean away = true;
    private int busy = 1;

    @Override
    public synchronized CompletableFuture<Token> token(
            long epoch, NormalisedIdentifier identifier) {
        String text = new String(identifier.openUtf8(), StandardCharsets.UTF_8);
        CompletableFuture<Token> token = new CompletableFuture<>();
        if (text.startsWith("old-")) {
            token.completeExceptionally(new EpochEndedException(epoch));
        } else if (text.startsWith("refused-")) {
            token.completeExceptionally(TestingRefusal.quotaExceeded("advertiser"));
        } else if (text.startsWith("denied-")) {
            token.completeExceptionally(TestingRefusal.malformed("advertiser"));
        } else if (text.startsWith("busy-") && busy > 0) {
            busy--;
            token.completeExceptionally(AgentException.unavailable(null, "too many wait"));
        } else if (text.startsWith("away-") && away) {
            held.add(() -> token.complete(tokenOf(epoch, text)));
        } else {
            token.complete(tokenOf(epoch, text));
        }
        return token;
    }

    synchronized int held() {
        return held.size();
    }

    /** Answers all that was asked while the partner was away, and from now on at once. */
    void comeBack() {
        List<Runnable> answers;
        synchronized (this) {
            away = false;
            answers = List.copyOf(held);
        }
        answers.forEach(Runnable::run);
    }

    static Token tokenOf(long epoch, String identifier) {
        byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
        byte[] input =
                ByteBuffer.allocate(Long.BYTES + utf8.length).putLong(epoch).put(utf8).array();
        return Token.of(Digests.sha256(input).toBytes());
    }
}
