package io.sealroom.local.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.cli.Sealroom;
import io.sealroom.cli.verify.RoomSource;
import io.sealroom.local.stack.AgentProcess;
import io.sealroom.local.stack.Console;
import io.sealroom.local.stack.EventLog;
import io.sealroom.local.stack.LocalRoom;
import io.sealroom.local.stack.ReleaseWatch;
import io.sealroom.local.stack.TopicRecords;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads everything that a run left behind and has it compared. */
final class Conclusion {

    private static final Duration POLL = Duration.ofSeconds(2);

    private final Path run;
    private final String kafka;
    private final LocalRoom room;
    private final String rpcUrl;
    private final Console console;
    private final Findings findings = new Findings();
    private final EventLog log;

    Conclusion(Path run, ChaosRoom parts, LocalRoom room, Console console) throws IOException {
        this.run = run;
        this.kafka = parts.kafka();
        this.rpcUrl = parts.rpcUrl();
        this.room = room;
        this.console = console;
        this.log = EventLog.read(room, kafka);
    }

    /** Compares everything and says what it found; true if nothing. */
    boolean compare(List<RawTopicWriter> writers) throws IOException {
        compareEvents(writers);
        List<Release> releases = compareReleases();
        Path file = run.resolve("releases.jsonl");
        Files.write(
                file, releases.stream().map(ReleaseJson::line).toList(), StandardCharsets.UTF_8);
        String contract = room.room().contract().hex();
        if (!sealroom(
                "verify", "--releases", file.toString(), "--rpc", rpcUrl, "--contract", contract)) {
            findings.differing("what sealroom verify says");
        }
        if (!audit(file)) {
            findings.differing("what sealroom audit says");
        }
        findings.lines().forEach(console::plain);
        console.plain(findings.summary());
        return findings.areNone();
    }

    /** Replays the topics with the node's own operators, and compares all windows. */
    private boolean audit(Path releases) {
        return sealroom(
                "audit",
                "--policy",
                room.policyFile().toString(),
                "--room-file",
                room.roomFile().toString(),
                "--kafka",
                kafka,
                "--rpc",
                rpcUrl,
                "--releases",
                releases.toString(),
                "--node",
                ChaosPolicy.NODE,
                "--node-keys",
                room.nodeKeys(ChaosPolicy.NODE).toString());
    }

    private boolean sealroom(String... arguments) {
        console.step("sealroom " + String.join(" ", arguments));
        return Sealroom.commandLine(RoomSource.jsonRpc()).execute(arguments) == 0;
    }

    /** Compares the events topics with what was put in. */
    private void compareEvents(List<RawTopicWriter> writers) throws IOException {
        EventComparison comparison = new EventComparison(findings);
        for (int i = 0; i < writers.size(); i++) {
            String partner = ChaosPolicy.PARTNERS.get(i);
            RawTopicWriter writer = writers.get(i);
            for (long failed = writer.failed(); failed > 0; failed--) {
                findings.lost("a raw event of " + partner);
            }
            Map<String, Integer> reasons = new TreeMap<>();
            Set<String> refused = refused(partner, reasons);
            comparison.compare(
                    partner,
                    new EventIdKey(log.keys(partner).eventKey()),
                    writer.written(),
                    refused,
                    log.of(partner));
            console.plain(
                    String.format(
                            "%s: %d events put in, %d on the events topic, rejects %s",
                            partner, writer.written().size(), log.of(partner).size(), reasons));
        }
    }

    /** Own ids of the raw events that an agent listed in its rejects. */
    private Set<String> refused(String partner, Map<String, Integer> reasons) throws IOException {
        Map<Long, String> ids = new HashMap<>();
        ObjectMapper json = new ObjectMapper();
        for (ConsumerRecord<byte[], byte[]> record :
                TopicRecords.read(kafka, RawTopicWriter.topic(partner), 0)) {
            ids.put(record.offset(), json.readTree(record.value()).required("eventId").textValue());
        }
        Map<Long, String> reasonOf = new HashMap<>();
        List<String> lines = Files.readAllLines(run.resolve(partner).resolve(AgentProcess.REJECTS));
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            // An agent that is killed lists again what it had not committed.
            String[] fields = line.split(",", -1);
            reasonOf.put(Long.valueOf(fields[1]), fields[3]);
        }
        Set<String> refused = new HashSet<>();
        reasonOf.forEach(
                (offset, reason) -> {
                    refused.add(ids.getOrDefault(offset, ""));
                    reasons.merge(reason, 1, Integer::sum);
                });
        return refused;
    }

    /** Compares releases with reference and chain, and gives them. */
    private List<Release> compareReleases() throws IOException {
        for (ConsumerRecord<byte[], byte[]> record :
                TopicRecords.read(kafka, Topics.rejects(ChaosPolicy.ROOM, ChaosPolicy.NODE), 0)) {
            Reject reject = Codecs.REJECT.decode(record.value()).toOptional().orElseThrow();
            // What an agent sends again after a crash may be refused, an event never.
            if (log.events()
                    .containsKey(
                            new EventLog.Place(
                                    reject.partner(), reject.partition(), reject.offset()))) {
                findings.lost("an event that the node refused: " + reject.reason());
            }
        }
        try (ReleaseWatch watch = new ReleaseWatch(kafka, room.policy(), ChaosPolicy.NODE)) {
            while (watch.poll(POLL)) {
                // Until there are no more.
            }
            new ReleaseComparison(room, findings).compare(log, watch.releases(), watch.withheld());
            return watch.releases();
        }
    }
}
