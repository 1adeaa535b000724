package io.sealroom.contracts;

import io.sealroom.local.parts.ChainOptions;
import io.sealroom.local.parts.LocalChain;
import java.io.IOException;
import java.util.List;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.http.HttpService;

/** A real chain and the switches it has for tests. */
final class Anvil implements AutoCloseable {

    private final LocalChain chain;
    private final HttpService rpc;

    private Anvil(LocalChain chain) {
        this.chain = chain;
        this.rpc = new HttpService(chain.rpcUrl());
    }

    static Anvil start(ChainOptions options) throws IOException {
        return new Anvil(LocalChain.start(options));
    }

    LocalChain chain() {
        return chain;
    }

    ChainSigner signer(int account) {
        return ChainSigner.fromHex(chain.developmentKey(account));
    }

    void mine(int blocks) throws IOException {
        send("anvil_mine", "0x" + Integer.toHexString(blocks));
    }

    void setMining(boolean value) throws IOException {
        send("evm_setAutomine", value);
        if (value) {
            // What waited is not mined by the switch itself.
            send("evm_mine");
        }
    }

    void dropAll() throws IOException {
        send("anvil_dropAllTransactions");
    }

    void setNextBaseFee(long wei) throws IOException {
        send("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(wei));
    }

    /** A block that what waits does not fit into. */
    void mineWithoutTransactions() throws IOException {
        send("evm_setBlockGasLimit", "0x5208");
        send("evm_mine");
        send("evm_setBlockGasLimit", "0x1c9c380");
    }

    void setCode(Account account, String code) throws IOException {
        send("anvil_setCode", account.hex(), code);
    }

    void reorganise(int depth) throws IOException {
        send("anvil_reorg", depth, List.of());
    }

    private void send(String method, Object... parameters) throws IOException {
        Request<Object, Answer> request =
                new Request<>(method, List.of(parameters), rpc, Answer.class);
        Answer answer = request.send();
        if (answer.hasError()) {
            throw new IOException(method + ": " + answer.getError().getMessage());
        }
    }

    /** Whatever it answers. */
    static final class Answer extends Response<Object> {}

    @Override
    public void close() throws IOException {
        rpc.close();
        chain.close();
    }
}
