package io.sealroom.pipeline;

import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.streaming.flow.PendingRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the computation gives.
 *
 * @param pending releases that wait for the chain
 * @param withheld windows that are never released
 * @param rejects records that did not enter
 */
public record CleanRoomOutputs(
        DataStream<PendingRecord> pending,
        DataStream<Withheld> withheld,
        DataStream<Reject> rejects) {}
