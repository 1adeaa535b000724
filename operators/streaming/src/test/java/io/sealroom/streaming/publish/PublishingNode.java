package io.sealroom.streaming.publish;

import io.sealroom.contracts.RoomContract;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * A node's sink and gate on a chain, and nothing between them but the chain. The test's thread is
 * the thread of both tasks.
 */
final class PublishingNode implements AutoCloseable {

    static final long ALARM_MILLIS = 60_000;

    final WriterContextStub context;

    private final ReleaseGate function =
            new ReleaseGate(TestRoom.POLICY.canonicalJson(), ALARM_MILLIS);
    private final ContractSink sink;
    private final RoomContract reader;
    private final TestMailbox mailbox = new TestMailbox();
    private final KeyedTwoInputStreamOperatorTestHarness<
                    ReleaseKey, CheckedPending, ReceiptRecord, ReleaseRecord>
            gate;
    private StatefulSinkWriter<QuorumOffer, QuorumOffer> writer;
    private long nextBlock;

    /**
     * @param sending what its sink connects to
     * @param reader what its gate hears from, from the next block on
     */
    PublishingNode(RoomContractFactory sending, RoomContract reader, OfferPace pace)
            throws Exception {
        this.context = new WriterContextStub(mailbox);
        this.sink = new ContractSink(sending, pace);
        this.reader = reader;
        this.nextBlock = reader.headBlock() + 1;
        this.writer = sink.createWriter(context);
        this.gate =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeyedCoProcessOperator<>(function),
                        CheckedPending::key,
                        ReceiptRecord::key,
                        ReleaseKey.TYPE);
        gate.open();
    }

    /** One list of one window, which the first two nodes signed. */
    void offer(PendingRelease... releases) throws Exception {
        offer(TestRoom.offer(releases));
    }

    void offer(QuorumOffer offer) throws Exception {
        for (CheckedPending release : offer.releases()) {
            gate.processElement1(new StreamRecord<>(release));
        }
        ((ContractWriter) writer).write(offer);
    }

    /** What a checkpoint does with the sink; it must not wait. */
    List<QuorumOffer> checkpoint() throws Exception {
        writer.flush(false);
        return writer.snapshotState(1);
    }

    /** The sink's task ends and is restored. */
    void restore(Collection<QuorumOffer> state) throws Exception {
        writer.close();
        writer = sink.restoreWriter(context, state);
    }

    /** Hears what there is to hear: of the sink's client, and of blocks that became final. */
    void step() throws Exception {
        mailbox.tryYield();
        long last = reader.finalBlock();
        if (last < nextBlock) {
            return;
        }
        for (ReceiptRecord receipt : Receipts.of(reader.events(nextBlock, last))) {
            gate.processElement2(new StreamRecord<>(receipt));
        }
        nextBlock = last + 1;
    }

    /** Waits for the sink's next result. */
    void awaitResult() throws InterruptedException {
        mailbox.yield();
    }

    void letTimePass(long millis) throws Exception {
        gate.setProcessingTime(millis);
    }

    List<Release> released() {
        return gate.extractOutputValues().stream()
                .map(record -> Codecs.RELEASE.decode(record.value()).toOptional().orElseThrow())
                .toList();
    }

    List<Withheld> withheld() {
        var side = gate.getSideOutput(ReleaseGate.WITHHELD);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    GateMetrics gateMetrics() {
        return function.metrics;
    }

    boolean isRecorded(PendingRelease release) throws IOException {
        return reader.releaseHash(
                        Words.word(release.document().queryId()), release.document().start())
                .isPresent();
    }

    static RoomContractFactory sending(String url, RoomIdentity identity, int node) {
        return Web3jRoomFactory.sending(url, identity, () -> TestRoom.NODES.get(node));
    }

    @Override
    public void close() {
        try {
            writer.close();
            gate.close();
        } catch (Exception e) {
            throw new IllegalStateException("a part of the node does not close", e);
        }
        reader.close();
    }
}
