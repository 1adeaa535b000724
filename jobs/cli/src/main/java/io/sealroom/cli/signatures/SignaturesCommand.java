package io.sealroom.cli.signatures;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.PolicyOptions;
import io.sealroom.cli.RoomFileOptions;
import io.sealroom.cli.kafka.KafkaOptions;
import io.sealroom.cli.kafka.RecordTopic;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.release.SignedReleases;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sealroom signatures}. */
@Command(
        name = "signatures",
        description = {
            "Shows which nodes signed which hash, for every query and window.",
            "",
            "From the room's signatures topic, to its current end, with what is in transactions"
                    + " that are open or were aborted: what was signed was signed. Only signatures"
                    + " of the policy's nodes count. A node that signed another hash than the"
                    + " quorum, or two, is named with both; then, or if a record is no node's, the"
                    + " exit code is 1.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
public final class SignaturesCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private PolicyOptions policyOptions;

    @Mixin private RoomFileOptions roomOptions;

    @Mixin private KafkaOptions kafka;

    @Mixin private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Policy policy = policyOptions.policy();
        SignatureReport report = new SignatureReport(policy, roomOptions.room().identity(policy));
        try (RecordTopic<SignedReleases> topic =
                RecordTopic.openUncommitted(
                        kafka.bootstrap(),
                        Topics.signatures(policy.room()),
                        Codecs.SIGNED_RELEASES,
                        kafka.timeout())) {
            topic.read(new Reading(report));
        }
        output.print(spec, report);
        return report.agreed() ? ExitCodes.OK : ExitCodes.MISMATCH;
    }

    /** Hands records on. */
    private final class Reading implements RecordTopic.Receiver<SignedReleases> {

        private final SignatureReport report;

        private Reading(SignatureReport report) {
            this.report = report;
        }

        @Override
        public void record(SignedReleases signed) {
            report.add(signed);
        }

        @Override
        public void refused(int partition, long offset, Decoded.Fault fault) {
            output.warn(
                    spec,
                    String.format(
                            "partition %d, offset %d holds no signatures: %s",
                            partition, offset, fault));
            report.refuse();
        }

        @Override
        public void pause() {}
    }
}
