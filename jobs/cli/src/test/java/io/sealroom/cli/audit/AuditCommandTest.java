package io.sealroom.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.pipeline.NodeSettings;
import io.sealroom.pipeline.Replay;
import io.sealroom.pipeline.ReplayCounts;
import io.sealroom.pipeline.ReplayListener;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Receipt;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowStatus;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits of scripted rooms on real brokers, against a contract in memory. */
class AuditCommandTest {

    private static Path directory;
    private static LocalKafka kafka;
    private static LocalKafka altered;

    /** Written to its end by both; what a node makes of it. */
    private static AuditedRoom whole;

    private static List<ReleaseDocument> documents = List.of();

    @BeforeAll
    static void start(@TempDir Path shared) throws Exception {
        directory = shared;
        kafka = LocalKafka.start();
        altered = LocalKafka.start();
        whole = new AuditedRoom("whole-room", directory);
        for (String name : List.of("publisher", "advertiser")) {
            whole.write(name, 4);
            EventsTopics.write(kafka, whole.partner(name));
        }
        documents = replay(whole);
    }

    @AfterAll
    static void stop() {
        kafka.close();
        altered.close();
    }

    /** What a node computes. */
    private static List<ReleaseDocument> replay(AuditedRoom room) throws Exception {
        List<ReleaseDocument> released = new ArrayList<>();
        Replay.asNode(
                        new NodeSettings(
                                room.policy(),
                                room.file(),
                                AuditedRoom.NODE,
                                kafka.bootstrapServers()),
                        room.keys(AuditedRoom.NODE).toString(),
                        1)
                .run(
                        new ReplayListener() {
                            @Override
                            public void released(PendingRelease release) {
                                released.add(release.document());
                            }

                            @Override
                            public void withheld(Withheld withheld) {}

                            @Override
                            public boolean satisfied() {
                                return false;
                            }

                            @Override
                            public void progress(Map<String, ReplayCounts> counts) {}
                        });
        return released;
    }

    private static List<String> arguments(AuditedRoom room, LocalKafka from, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "audit",
                                "--policy",
                                room.policyFile().toString(),
                                "--room-file",
                                room.roomFile().toString(),
                                "--kafka",
                                from.bootstrapServers(),
                                "--rpc",
                                "http://127.0.0.1:1",
                                "--auditor",
                                AuditedRoom.AUDITOR,
                                "--auditor-keys",
                                room.keys(AuditedRoom.AUDITOR).toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static Run audit(AuditedRoom room, LocalKafka from, String... more) {
        return Run.with(room, arguments(room, from, more).toArray(String[]::new));
    }

    private static JsonNode json(Run run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }

    /** The whole room's topics and policy, with a contract that has nothing yet. */
    private static AuditedRoom unpublished(String name) throws IOException {
        return new AuditedRoom("whole-room", directory.resolve(name));
    }

    private static ReleaseDocument document(String query, int window) {
        return documents.stream()
                .filter(document -> document.query().equals(query))
                .skip(window)
                .findFirst()
                .orElseThrow();
    }

    /** The same release with one value that is not what follows from the events. */
    private static ReleaseDocument tampered(ReleaseDocument honest, int row) {
        List<ReleaseRow> rows = new ArrayList<>(honest.rows());
        ReleaseRow old = rows.get(row);
        rows.set(
                row,
                new ReleaseRow(old.key(), RowStatus.OK, BigInteger.valueOf(987_654), old.salt()));
        return new ReleaseDocument(
                honest.identity(),
                honest.semantics(),
                honest.query(),
                honest.start(),
                honest.end(),
                rows,
                honest.mechanisms(),
                honest.totals());
    }

    private static String releases(String name, List<ReleaseDocument> released) throws IOException {
        List<String> lines =
                released.stream()
                        .map(
                                document ->
                                        ReleaseJson.line(
                                                new Release(
                                                        PendingRelease.of(document),
                                                        new Receipt(
                                                                Digests.id("transaction"),
                                                                1,
                                                                Digests.id("block")))))
                        .toList();
        return Files.write(directory.resolve(name + ".jsonl"), lines).toString();
    }

    @Test
    void audit_honestRoom_isSameEverywhere() throws Exception {
        AuditedRoom room = unpublished("honest");
        documents.forEach(
                document ->
                        assertThat(room.publish(document))
                                .isInstanceOf(PublishOutcome.Accepted.class));
        Run run = audit(room, kafka, "--releases", releases("honest", documents), "--json");
        assertThat(run.exitCode()).as("%s", run).isEqualTo(ExitCodes.OK);
        JsonNode json = json(run);
        assertThat(json.required("same").booleanValue()).isTrue();
        assertThat(json.at("/counts/SAME").intValue()).isEqualTo(6);
        assertThat(json.required("windows")).hasSize(6);
        assertThat(json.at("/windows/0/releaseHash").textValue())
                .isEqualTo(document("email-overlap", 0).releaseHash().toHex());
        // Three seals an hour go into three partitions; every record is one of the three.
        assertThat(json.at("/read/0/partner").textValue()).isEqualTo("publisher");
        assertThat(json.at("/read/0/events").longValue()).isEqualTo(80);
        assertThat(json.at("/read/0/seals").longValue()).isEqualTo(8);
        assertThat(json.at("/read/0/refused")).isEmpty();
        assertThat(json.at("/read/1/records").longValue()).isEqualTo(84);
        assertThat(run.err()).contains("sealroom audit: read 88 of about 88 records of publisher");
    }

    @Test
    void audit_dishonestNode_namesWindowsRowsAndHash() throws Exception {
        AuditedRoom room = unpublished("dishonest");
        ReleaseDocument wrongHash = tampered(document("email-overlap", 0), 0);
        ReleaseDocument wrongRow = tampered(document("email-overlap", 1), 3);
        room.publish(wrongHash);
        room.publish(wrongRow);
        room.publish(document("email-overlap", 2));
        room.exhaustBudget();
        assertThat(room.publish(document("email-last-touch", 0)))
                .isInstanceOf(PublishOutcome.Withheld.class);
        ReleaseDocument rewritten = tampered(document("email-overlap", 2), 1);
        Run run =
                audit(
                        room,
                        kafka,
                        "--releases",
                        releases("dishonest", List.of(wrongRow, rewritten)));
        assertThat(run.exitCode()).as("%s", run).isEqualTo(ExitCodes.DIFFERENCE);
        assertThat(run.out())
                .contains(
                        "T01:00:00Z email-overlap: DIFFERS in hash: the inputs are the same, and"
                                + " the nodes made another result of them: "
                                + wrongHash.releaseHash().toHex()
                                + " on chain; signed by node-one")
                .contains(
                        "T02:00:00Z email-overlap: DIFFERS in rows: the inputs are the same, and"
                                + " the nodes made another result of them: 1 of 5 rows, first row 3")
                .contains(
                        "T03:00:00Z email-overlap: DIFFERS in rows: what was released is not what"
                                + " is on chain: 1 of 5 rows, first row 1")
                .contains("T02:00:00Z email-last-touch: withheld, BUDGET")
                .contains("T04:00:00Z email-overlap: not published yet, 0x")
                .contains("T04:00:00Z email-last-touch: not published yet, 0x")
                .contains(
                        "6 windows of queries: 0 same, 1 withheld, 2 not published yet, 0 not"
                                + " sealed yet, 3 differs");
        assertThat(run.out() + run.err()).doesNotContain("987654");
    }

    @Test
    void audit_otherInputOnChain_namesThePartner() throws Exception {
        // The same room, for which the advertiser sealed something else.
        AuditedRoom room = unpublished("other-input");
        room.write("publisher", 1);
        room.partner("advertiser")
                .write(0, room.partner("advertiser").events().conversion("x", room.minute(1), 7));
        room.partner("advertiser").sealAll(room.minute(60));
        for (String name : List.of("publisher", "advertiser")) {
            EventsTopics.write(altered, room.partner(name));
        }
        room.publish(document("email-overlap", 0));
        Run run = audit(room, altered, "--to", "2026-01-05T01:00:00Z", "--json");
        assertThat(run.exitCode()).as("%s", run).isEqualTo(ExitCodes.DIFFERENCE);
        JsonNode difference = json(run).at("/windows/0/difference");
        assertThat(difference.at("/in").textValue()).isEqualTo("totals");
        assertThat(difference.at("/place/partner").textValue()).isEqualTo("advertiser");
        assertThat(json(run).required("windows")).hasSize(1);
    }

    @Test
    void audit_alteredEvent_namesPartitionAndOffsets() throws Exception {
        AuditedRoom room = new AuditedRoom("altered-room", directory);
        for (String name : List.of("publisher", "advertiser")) {
            room.write(name, 4);
            EventsTopics.write(kafka, room.partner(name));
        }
        List<byte[]> log = room.partner("publisher").records(1);
        int victim = 15;
        assertThat(Codecs.BLINDED_EVENT.matches(log.get(victim))).isTrue();
        EventsTopics.write(altered, room.partner("advertiser"));
        EventsTopics.write(
                altered,
                room.partner("publisher"),
                (partition, records) -> {
                    List<byte[]> changed = new ArrayList<>(records);
                    if (partition == 1) {
                        changed.set(victim, records.get(victim - 1));
                    }
                    return changed;
                });
        replay(room).forEach(room::publish);
        Run run = audit(room, altered, "--against", kafka.bootstrapServers(), "--json");
        assertThat(run.exitCode()).as("%s", run).isEqualTo(ExitCodes.DIFFERENCE);
        JsonNode json = json(run);
        assertThat(json.at("/counts/SAME").intValue()).isEqualTo(1);
        assertThat(json.at("/counts/DIFFERS").intValue()).isEqualTo(5);
        JsonNode difference = json.at("/windows/2/difference");
        assertThat(difference.at("/in").textValue()).isEqualTo("heads");
        assertThat(difference.at("/place").toString())
                .isEqualTo(
                        "{\"partner\":\"publisher\",\"partition\":1,\"afterOffset\":10,\"atOffset\":21}");
        assertThat(json.at("/refusedSeals/0/reason").textValue()).isEqualTo("SEAL_HEAD");
        assertThat(json.required("copies").toString())
                .isEqualTo(
                        "[{\"partner\":\"publisher\",\"partition\":1,\"copyOffset\":15,\"offset\":15}]");
    }

    @Test
    void audit_silentPartner_isNotSealedYet() throws Exception {
        AuditedRoom room = new AuditedRoom("silent-room", directory);
        room.write("publisher", 4);
        room.write("advertiser", 1);
        for (String name : List.of("publisher", "advertiser")) {
            EventsTopics.write(kafka, room.partner(name));
        }
        replay(room).forEach(room::publish);
        Run run = audit(room, kafka);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .contains("T01:00:00Z email-overlap: same, 0x")
                .contains("T02:00:00Z email-overlap: not sealed yet by advertiser, partition 0")
                .contains("1 same, 0 withheld, 0 not published yet, 5 not sealed yet, 0 differs");
    }

    /** Reading ends as soon as the window is known, before the replay has told its counts. */
    @Test
    void audit_twoSealsForASlice_isAnAlarmHoweverShortTheReading() throws Exception {
        AuditedRoom room = new AuditedRoom("two-seals-room", directory);
        Seal second = room.partner("publisher").nextSeal(1, room.minute(60));
        room.write("publisher", 1);
        room.write("advertiser", 1);
        int offset = room.partner("publisher").records(1).size();
        room.partner("publisher").append(1, Codecs.SEAL.encode(second));
        for (String name : List.of("publisher", "advertiser")) {
            EventsTopics.write(kafka, room.partner(name));
        }
        replay(room).forEach(room::publish);
        Run run = audit(room, kafka, "--to", "2026-01-05T01:00:00Z");
        assertThat(run.exitCode()).as("%s", run).isEqualTo(ExitCodes.DIFFERENCE);
        assertThat(run.out())
                .contains("T01:00:00Z email-overlap: same, 0x")
                .contains(
                        String.format(
                                "ALARM: seal of publisher, partition 1, offset %d (SEAL_DIFFERS)"
                                        + " contradicts one that stands",
                                offset));
    }

    @Test
    void audit_wrongArgumentsOrNobodyThere_isUsageOrUnavailable() throws Exception {
        AuditedRoom room = unpublished("arguments");
        Path others = new AuditedRoom("others-room", directory).keys(AuditedRoom.NODE);
        assertThat(audit(room, kafka, "--node", AuditedRoom.NODE).exitCode())
                .isEqualTo(ExitCodes.USAGE);
        assertThat(audit(room, kafka, "--from", "2026-01-05T03:30:00Z").err())
                .contains("no window of the room");
        assertThat(audit(room, kafka, "--parallelism", "0").exitCode()).isEqualTo(ExitCodes.USAGE);
        List<String> wrongKeys = arguments(room, kafka);
        wrongKeys.set(wrongKeys.size() - 1, others.toString());
        assertThat(Run.with(room, wrongKeys.toArray(String[]::new)).exitCode())
                .isEqualTo(ExitCodes.USAGE);
        room.contract().setAway(true);
        assertThat(audit(room, kafka).exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        AuditedRoom noTopics = new AuditedRoom("no-topics-room", directory);
        assertThat(audit(noTopics, kafka, "--timeout", "PT2S").exitCode())
                .isEqualTo(ExitCodes.UNAVAILABLE);
    }
}
