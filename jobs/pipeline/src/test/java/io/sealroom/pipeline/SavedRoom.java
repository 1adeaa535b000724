package io.sealroom.pipeline;

import io.sealroom.local.parts.KafkaBroker;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A room in files, so that what an older version left can be held against this one.
 *
 * <pre>
 * _metadata     canonical savepoint of CleanRoomJob in the middle of the room; holds its state too
 * policy.json   canonical JSON of the policy
 * records.txt   what the partners wrote, in order: partner, partition, base64
 * pending.txt   what the job gave behind the savepoint, base64, sorted
 * </pre>
 *
 * @param room the room of the policy
 * @param records by partner in policy order, by partition
 * @param pending values of the pending topic, sorted as base64
 */
record SavedRoom(TestingRoom room, List<List<List<byte[]>>> records, List<String> pending) {

    private static final String POLICY = "policy.json";
    private static final String RECORDS = "records.txt";
    private static final String PENDING = "pending.txt";

    static SavedRoom of(RandomHistory history, TestingRoom room, List<byte[]> pending) {
        List<List<List<byte[]>>> records = new ArrayList<>();
        for (Partner partner : room.policy().suppliers()) {
            List<List<byte[]>> partitions = new ArrayList<>();
            for (int partition = 0; partition < partner.partitions(); partition++) {
                partitions.add(history.partner(partner.name()).records(partition));
            }
            records.add(partitions);
        }
        return new SavedRoom(room, records, sorted(pending));
    }

    static SavedRoom read(Path directory) throws IOException {
        Policy policy = Policy.fromCanonicalJson(Files.readString(directory.resolve(POLICY)));
        TestingRoom room = TestingRoom.of(policy);
        Map<String, List<List<byte[]>>> byName = new HashMap<>();
        for (Partner partner : policy.suppliers()) {
            List<List<byte[]>> partitions = new ArrayList<>();
            for (int partition = 0; partition < partner.partitions(); partition++) {
                partitions.add(new ArrayList<>());
            }
            byName.put(partner.name(), partitions);
        }
        for (String line : Files.readAllLines(directory.resolve(RECORDS))) {
            String[] fields = line.split(" ", -1);
            partitions(byName, fields[0])
                    .get(Integer.parseInt(fields[1]))
                    .add(Base64.getDecoder().decode(fields[2]));
        }
        return new SavedRoom(
                room,
                policy.suppliers().stream()
                        .map(partner -> partitions(byName, partner.name()))
                        .toList(),
                Files.readAllLines(directory.resolve(PENDING)));
    }

    private static List<List<byte[]>> partitions(
            Map<String, List<List<byte[]>>> byName, String partner) {
        return Objects.requireNonNull(byName.get(partner));
    }

    /** Writes all files but the savepoint. */
    void write(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            String partner = room.policy().suppliers().get(i).name();
            List<List<byte[]>> partitions = records.get(i);
            for (int partition = 0; partition < partitions.size(); partition++) {
                for (byte[] value : partitions.get(partition)) {
                    lines.add(partner + " " + partition + " " + base64(value));
                }
            }
        }
        Files.writeString(directory.resolve(POLICY), room.policy().canonicalJson());
        Files.write(directory.resolve(RECORDS), lines);
        Files.write(directory.resolve(PENDING), pending);
    }

    /** Makes the topics and writes every record, at the offset that the savepoint knows it by. */
    void produce(KafkaBroker kafka) throws IOException {
        Policy policy = room.policy();
        RoomTopic.createAll(kafka, policy, JobRun.NODE);
        for (int i = 0; i < records.size(); i++) {
            Partner partner = policy.suppliers().get(i);
            RoomTopic.send(
                    kafka,
                    Topics.events(policy.room(), partner.name()),
                    partner.partitions(),
                    records.get(i)::get);
        }
    }

    static List<String> sorted(List<byte[]> values) {
        return values.stream().map(SavedRoom::base64).sorted().toList();
    }

    private static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }
}
