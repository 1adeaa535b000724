package io.sealroom.cli.audit;

import io.sealroom.cli.kafka.KafkaOptions;
import io.sealroom.cli.kafka.RecordTopic;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where rows that were released are found; both, one or none may be given. */
final class ReleasesOptions {

    @Option(
            names = "--releases",
            paramLabel = "FILE",
            description = "Compare the rows of these releases too, one JSON object a line.")
    private @Nullable Path file;

    @Option(
            names = "--releases-of",
            paramLabel = "NODE",
            description = "Compare the rows that this node has released too.")
    private @Nullable String node;

    /**
     * What was released of a period.
     *
     * @throws io.sealroom.cli.UsageException if the file cannot be used
     * @throws io.sealroom.cli.UnavailableException if Kafka does not answer, or has no such topic
     */
    Released read(Policy policy, Period period, KafkaOptions kafka) {
        Released released = new Released(policy, period);
        if (file != null) {
            released.readFile(file);
        }
        if (node != null) {
            readTopic(released, kafka, Topics.releases(policy.room(), node));
        }
        return released;
    }

    private static void readTopic(Released released, KafkaOptions kafka, String name) {
        try (RecordTopic<Release> topic =
                RecordTopic.open(kafka.bootstrap(), name, Codecs.RELEASE, kafka.timeout())) {
            topic.read(released);
        } catch (IOException e) {
            throw new IllegalStateException("the receiver writes nowhere", e);
        }
    }
}
