package io.sealroom.pipeline;

import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.publish.CheckedPending;
import io.sealroom.streaming.publish.ContractSink;
import io.sealroom.streaming.publish.PendingCheckFunction;
import io.sealroom.streaming.publish.ReceiptRecord;
import io.sealroom.streaming.publish.ReleaseGate;
import io.sealroom.streaming.publish.ReleaseKey;
import io.sealroom.streaming.publish.ReleaseRecord;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * From pending releases and receipts to releases: what is offered to the contract comes out when
 * its receipt does.
 */
final class PublishTopology {

    private final NodeSettings settings;
    private final ContractSink contract;

    PublishTopology(NodeSettings settings, ContractSink contract) {
        this.settings = settings;
        this.contract = contract;
    }

    PublishOutputs build(DataStream<PendingRecord> pending, DataStream<ReceiptRecord> receipts) {
        DataStream<CheckedPending> checked =
                pending.process(new PendingCheckFunction(settings.identity()), CheckedPending.TYPE)
                        .uid(OperatorUids.PENDING_CHECK)
                        .name("check");
        checked.sinkTo(contract).setParallelism(1).uid(OperatorUids.CONTRACT_SINK).name("contract");
        SingleOutputStreamOperator<ReleaseRecord> releases =
                checked.keyBy(CheckedPending::key, ReleaseKey.TYPE)
                        .connect(receipts.keyBy(ReceiptRecord::key, ReleaseKey.TYPE))
                        .process(
                                new ReleaseGate(settings.policy().pendingAlarmMillis()),
                                ReleaseRecord.TYPE)
                        .uid(OperatorUids.RELEASE_GATE)
                        .name("gate");
        return new PublishOutputs(releases, releases.getSideOutput(ReleaseGate.WITHHELD));
    }
}
