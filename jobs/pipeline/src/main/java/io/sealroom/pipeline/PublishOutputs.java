package io.sealroom.pipeline;

import io.sealroom.schemas.record.Withheld;
import io.sealroom.streaming.publish.ReleaseRecord;
import io.sealroom.streaming.publish.SignatureRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the publishing gives.
 *
 * @param signatures lists that this node signed
 * @param releases releases whose hash is final on chain
 * @param withheld windows whose hash never will be
 */
record PublishOutputs(
        DataStream<SignatureRecord> signatures,
        DataStream<ReleaseRecord> releases,
        DataStream<Withheld> withheld) {}
