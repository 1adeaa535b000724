package io.sealroom.pipeline;

import io.sealroom.streaming.publish.CheckedPending;
import io.sealroom.streaming.publish.CheckedSignature;
import io.sealroom.streaming.publish.ContractSink;
import io.sealroom.streaming.publish.NodeKey;
import io.sealroom.streaming.publish.PendingCheckFunction;
import io.sealroom.streaming.publish.QuorumFunction;
import io.sealroom.streaming.publish.QuorumInput;
import io.sealroom.streaming.publish.QuorumOffer;
import io.sealroom.streaming.publish.QuorumPace;
import io.sealroom.streaming.publish.ReceiptRecord;
import io.sealroom.streaming.publish.ReleaseGate;
import io.sealroom.streaming.publish.ReleaseKey;
import io.sealroom.streaming.publish.ReleaseRecord;
import io.sealroom.streaming.publish.SignatureCheckFunction;
import io.sealroom.streaming.publish.WindowBounds;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * From pending releases, signatures and receipts to releases: this node signs what it computed, a
 * list that a quorum signed alike is offered to the contract, and what was computed comes out when
 * its receipt does.
 */
final class PublishTopology {

    private final NodeSettings settings;
    private final NodeKey key;
    private final QuorumPace pace;
    private final ContractSink contract;

    PublishTopology(NodeSettings settings, NodeKey key, QuorumPace pace, ContractSink contract) {
        this.settings = settings;
        this.key = key;
        this.pace = pace;
        this.contract = contract;
    }

    PublishOutputs build(PublishInputs inputs) {
        DataStream<CheckedPending> checked =
                inputs.pending()
                        .process(new PendingCheckFunction(settings.identity()), CheckedPending.TYPE)
                        .uid(OperatorUids.PENDING_CHECK)
                        .name("check");
        SingleOutputStreamOperator<QuorumOffer> offers = quorum(checked, heard(inputs));
        offers.sinkTo(contract).setParallelism(1).uid(OperatorUids.CONTRACT_SINK).name("contract");
        SingleOutputStreamOperator<ReleaseRecord> releases =
                checked.keyBy(CheckedPending::key, ReleaseKey.TYPE)
                        .connect(inputs.receipts().keyBy(ReceiptRecord::key, ReleaseKey.TYPE))
                        .process(
                                new ReleaseGate(
                                        settings.policy().canonicalJson(),
                                        settings.policy().pendingAlarmMillis()),
                                ReleaseRecord.TYPE)
                        .uid(OperatorUids.RELEASE_GATE)
                        .name("gate");
        return new PublishOutputs(
                offers.getSideOutput(QuorumFunction.SIGNED),
                releases,
                releases.getSideOutput(ReleaseGate.WITHHELD));
    }

    private SingleOutputStreamOperator<QuorumOffer> quorum(
            DataStream<CheckedPending> checked, DataStream<QuorumInput> heard) {
        return checked.keyBy(CheckedPending::window, WindowBounds.TYPE)
                .connect(heard.keyBy(QuorumInput::window, WindowBounds.TYPE))
                .process(
                        new QuorumFunction(
                                settings.identity(),
                                settings.policy().canonicalJson(),
                                settings.node(),
                                key,
                                pace),
                        QuorumOffer.TYPE)
                .uid(OperatorUids.QUORUM)
                .name("quorum");
    }

    private DataStream<QuorumInput> heard(PublishInputs inputs) {
        DataStream<QuorumInput> signatures =
                inputs.signatures()
                        .process(
                                new SignatureCheckFunction(
                                        settings.identity(), settings.policy().canonicalJson()),
                                CheckedSignature.TYPE)
                        .uid(OperatorUids.SIGNATURE_CHECK)
                        .name("check signatures")
                        .map(QuorumInput::of, QuorumInput.TYPE)
                        .uid(OperatorUids.QUORUM_SIGNATURES)
                        .name("signatures");
        return signatures.union(
                inputs.receipts()
                        .map(QuorumInput::of, QuorumInput.TYPE)
                        .uid(OperatorUids.QUORUM_RECEIPTS)
                        .name("receipts"));
    }
}
