package io.sealroom.streaming.testing;

import io.sealroom.local.parts.ChainProxy;
import io.sealroom.local.parts.LocalChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A chain's endpoint that can be away, and the switches that the chain has for tests. */
public final class TestingEndpoint implements AutoCloseable {

    private final ChainProxy proxy;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean away;

    private TestingEndpoint(String chain) throws IOException {
        this.proxy = ChainProxy.before(chain, this::answer);
    }

    public static TestingEndpoint before(LocalChain chain) throws IOException {
        return new TestingEndpoint(chain.rpcUrl());
    }

    public String rpcUrl() {
        return proxy.rpcUrl();
    }

    /** While it is away every request ends in an error. */
    public void setAway(boolean value) {
        away = value;
    }

    /** Requests that came while it was away. */
    public int refused() {
        return refused.get();
    }

    // The chain's switches; they work while the endpoint is away.

    public void mine() {
        tell("evm_mine", "");
    }

    /** Whether a transaction gets a block of its own at once. */
    public void setMining(boolean value) {
        tell("evm_setAutomine", Boolean.toString(value));
    }

    public void dropAll() {
        tell("anvil_dropAllTransactions", "");
    }

    /** What the next block asks for, wei per gas. */
    public void setNextBaseFee(long wei) {
        tell("anvil_setNextBlockBaseFeePerGas", "\"0x" + Long.toHexString(wei) + "\"");
    }

    /** Replaces the newest block by an empty one. */
    public void reorganise() {
        tell("anvil_reorg", "1, []");
    }

    private void tell(String method, String parameters) {
        String request =
                String.format(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}",
                        method, parameters);
        try {
            byte[] answer = proxy.ask(request.getBytes(StandardCharsets.UTF_8));
            String text = new String(answer, StandardCharsets.UTF_8);
            if (text.contains("\"error\"")) {
                throw new IllegalStateException(method + ": " + text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<byte[]> answer(byte[] request, ChainProxy chain) throws IOException {
        if (away) {
            refused.incrementAndGet();
            return Optional.empty();
        }
        return Optional.of(chain.ask(request));
    }

    @Override
    public void close() {
        proxy.close();
    }
}
