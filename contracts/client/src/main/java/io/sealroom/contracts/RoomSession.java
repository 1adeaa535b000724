package io.sealroom.contracts;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** One room at one endpoint, believed only after it was compared with the room that is meant. */
final class RoomSession implements AutoCloseable {

    private final RoomLocation location;
    private final ChainEndpoint endpoint;
    private final RoomReads reads;
    private final ContractSession session;
    private volatile int finalityDepth;

    RoomSession(RoomEndpoint settings) {
        this.location = settings.location();
        this.endpoint = new ChainEndpoint(settings.rpcUrl(), settings.timeout());
        this.reads =
                new RoomReads(
                        endpoint, location.contract(), ContractSession.caller(settings.sender()));
        this.session =
                new ContractSession(
                        endpoint,
                        location.chainId(),
                        location.contract(),
                        "Room",
                        settings.sender(),
                        settings.maxFee(),
                        settings.timeout(),
                        this::check);
    }

    private void check() throws IOException {
        LocationCheck.policyHash(location, reads.policyHash());
        finalityDepth = reads.finalityDepth();
    }

    RoomLocation location() {
        return location;
    }

    Duration timeout() {
        return session.timeout();
    }

    RoomReads reads() {
        return reads;
    }

    void verify() throws IOException {
        session.verify();
    }

    <T> T ask(ContractSession.Question<T> question) throws IOException {
        return session.ask(question);
    }

    /** A call that is waited for, see {@link Action}. */
    Action action(String data, ContractSession.Question<Boolean> recorded) {
        return new Action(session, data, recorded);
    }

    long headBlock() throws IOException {
        return session.headBlock();
    }

    long finalBlock() throws IOException {
        return session.ask(
                () ->
                        finalityDepth == 0
                                ? endpoint.finalizedBlock()
                                : Math.max(-1, endpoint.headBlock() - finalityDepth));
    }

    List<RoomEvent> events(long fromBlock, long toBlock, List<String> topics) throws IOException {
        return decode(session.logs(fromBlock, toBlock, topics));
    }

    static List<RoomEvent> decode(List<Log> logs) throws IOException {
        return ChainEndpoint.read(
                "a question for events",
                () -> logs.stream().map(EventDecoder::decode).flatMap(Optional::stream).toList());
    }

    ContractError decode(ChainEndpoint.CallResult.Reverted reverted) throws IOException {
        return session.decode(reverted);
    }

    ChainEndpoint.CallResult call(String data) throws IOException {
        return session.call(data);
    }

    TransactionSender.Result transact(String data, ContractSession.Way way, long headroom)
            throws IOException {
        return session.transact(data, way, headroom);
    }

    Optional<TransactionReceipt> receipt(Word transaction) throws IOException {
        return session.receipt(transaction);
    }

    boolean knows(Word transaction) throws IOException {
        return session.knows(transaction);
    }

    @Override
    public void close() {
        session.close();
    }
}
