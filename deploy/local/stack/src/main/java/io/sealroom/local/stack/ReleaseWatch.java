package io.sealroom.local.stack;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Follows a node's releases and withheld topics as any consumer would: committed records only. */
public final class ReleaseWatch implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String releasesTopic;
    private final List<Release> releases = new ArrayList<>();
    private final List<Withheld> withheld = new ArrayList<>();
    private final Set<Window> decided = new HashSet<>();

    private record Window(String query, long start) {}

    public ReleaseWatch(String kafka, Policy policy, String node) {
        consumer = TopicRecords.consumer(kafka);
        releasesTopic = Topics.releases(policy.room(), node);
        List<TopicPartition> partitions =
                List.of(
                        new TopicPartition(releasesTopic, 0),
                        new TopicPartition(Topics.withheld(policy.room(), node), 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Waits at most {@code timeout} for records; true if there were any. */
    public boolean poll(Duration timeout) {
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
            any = true;
            if (record.topic().equals(releasesTopic)) {
                Release release = Codecs.RELEASE.decode(record.value()).toOptional().orElseThrow();
                ReleaseDocument document = release.pending().document();
                releases.add(release);
                decided.add(new Window(document.query(), document.start()));
            } else {
                Withheld window = Codecs.WITHHELD.decode(record.value()).toOptional().orElseThrow();
                withheld.add(window);
                decided.add(new Window(window.query(), window.start()));
            }
        }
        return any;
    }

    /** Number of windows of queries that are decided, however often each came. */
    public int windows() {
        return decided.size();
    }

    /** All releases so far, in topic order. */
    public List<Release> releases() {
        return List.copyOf(releases);
    }

    /** All windows so far that will not be released. */
    public List<Withheld> withheld() {
        return List.copyOf(withheld);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
