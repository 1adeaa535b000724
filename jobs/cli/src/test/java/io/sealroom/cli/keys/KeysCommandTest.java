package io.sealroom.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.privacy.oprf.EpochKeys;
import io.sealroom.privacy.oprf.EpochSeed;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.privacy.oprf.SeedStore;
import io.sealroom.privacy.secret.AuditorKeys;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.privacy.secret.NodeKeys;
import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.privacy.secret.StoredSeed;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {

    private static final Address PUBLISHER =
            new Address("0x1563915e194d8cfba1943570603f7606a3115508");

    private final Path directory;
    private final Path keys;

    KeysCommandTest(@TempDir Path directory) {
        this.directory = directory;
        this.keys = directory.resolve("keys");
    }

    private Run generate() {
        return Run.of(
                "keys",
                "generate",
                "--out",
                keys.toString(),
                "--partner",
                "publisher",
                "advertiser",
                "--node",
                "node-one");
    }

    private Run publicKeys(Path policy, Path file) {
        return Run.of("keys", "public", "--policy", policy.toString(), "--keys", file.toString());
    }

    /** The sample policy with this address for the publisher. */
    private Path policy(Address publisher) throws IOException {
        try (InputStream in = KeysCommandTest.class.getResourceAsStream("/sample-policy.yaml")) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(yaml).contains(PUBLISHER.hex()).contains("end: 2026-01-05T03:00:00Z");
            return Files.writeString(
                    directory.resolve("policy.yaml"),
                    yaml.replace(PUBLISHER.hex(), publisher.hex())
                            .replace("end: 2026-01-05T03:00:00Z", "end: 2026-03-05T03:00:00Z"));
        }
    }

    private PartnerKeys publisher() throws IOException {
        return PartnerKeys.read(KeyGeneration.partnerFile(keys, "publisher"));
    }

    @Test
    void generate_names_makesFilesAndPrintsTheirPublicParts() throws IOException {
        Run run = generate();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        JsonNode printed = new ObjectMapper().readTree(run.out());
        assertThat(printed.at("/partners/0/name").textValue()).isEqualTo("publisher");
        assertThat(printed.at("/partners/0/address").textValue())
                .isEqualTo(publisher().address().hex());
        assertThat(printed.at("/partners/1/name").textValue()).isEqualTo("advertiser");
        NodeKeys node = NodeKeys.read(KeyGeneration.nodeFile(keys, "node-one"));
        assertThat(printed.at("/nodes/0/hpkePublicKey").textValue())
                .isEqualTo(node.hpkePublicKey().toHex());
        assertShowsNoSecret(run, publisher());
    }

    private static void assertShowsNoSecret(Run run, PartnerKeys keys) {
        for (var secret : List.of(keys.chainKey(), keys.noiseSeed(), keys.eventKey())) {
            assertThat(run.out() + run.err())
                    .doesNotContain(Bytes.of(secret.openSecret()).toHex().substring(2, 18));
        }
    }

    @Test
    void generate_auditor_isAskedForByName() throws IOException {
        Run run = Run.of("keys", "generate", "--out", keys.toString(), "--auditor", "auditor-one");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        AuditorKeys auditor = AuditorKeys.read(KeyGeneration.auditorFile(keys, "auditor-one"));
        assertThat(
                        new ObjectMapper()
                                .readTree(run.out())
                                .at("/auditors/0/hpkePublicKey")
                                .textValue())
                .isEqualTo(auditor.hpkePublicKey().toHex());
    }

    @Test
    void generate_again_isRefusedAndKeepsTheFiles() throws IOException {
        generate();
        Address first = publisher().address();
        Run run = generate();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("never overwritten");
        assertThat(publisher().address()).isEqualTo(first);
    }

    @Test
    void generate_badUsage_isUsage() throws IOException {
        String out = keys.toString();
        Path file = Files.writeString(directory.resolve("file"), "");
        List<Run> runs =
                List.of(
                        Run.of("keys"),
                        Run.of("keys", "generate", "--partner", "publisher"),
                        Run.of("keys", "generate", "--out", out),
                        Run.of("keys", "generate", "--out", out, "--partner", "Publisher"),
                        Run.of("keys", "generate", "--out", out, "--node", "one", "one"),
                        Run.of("keys", "generate", "--out", file.toString(), "--node", "one"));
        for (Run run : runs) {
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.USAGE);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).isNotEmpty().doesNotContain("\tat ");
        }
    }

    @Test
    void public_ownKeys_areThoseOfEveryEpoch() throws Exception {
        generate();
        Path file = policy(publisher().address());
        Run run = publicKeys(file, KeyGeneration.partnerFile(keys, "publisher"));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        JsonNode printed = new ObjectMapper().readTree(run.out()).required("publisher");
        Policy policy = PolicyFile.read(file);
        StoredSeed.Unbound fresh = (StoredSeed.Unbound) OprfSeedFile.read(seed("publisher"));
        List<PublicKeyShare> expected =
                EpochKeys.of(
                                policy.room(),
                                new EpochSeed(policy.firstEpoch(), fresh.seed()),
                                policy.lastEpoch())
                        .publicKeys();
        assertThat(expected).hasSizeGreaterThan(1);
        assertThat(printed).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(printed.required(Long.toString(policy.firstEpoch() + i)).textValue())
                    .isEqualTo(expected.get(i).encoded().toHex());
        }
        assertShowsNoSecret(run, publisher());
        assertThat(OprfSeedFile.read(seed("publisher"))).isInstanceOf(StoredSeed.Unbound.class);
    }

    private Path seed(String partner) {
        return KeyGeneration.seedFile(keys, partner);
    }

    private static Run seedRun(String command, Path file, String... more) {
        List<String> args = new ArrayList<>(List.of("keys", command, "--seed", file.toString()));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }

    private Path passphrase(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("passphrase"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void assertUsage(Run run, String... parts) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(parts).doesNotContain("\tat ");
    }

    @Test
    void seed_forAFurtherRoom_isFreshAndNeverOverwritten() throws IOException {
        Path file = directory.resolve("further.json");
        Run run = Run.of("keys", "seed", "--partner", "publisher", "--out", file.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("publisher: serves no room yet");
        StoredSeed made = OprfSeedFile.read(file);
        assertThat(made).isInstanceOf(StoredSeed.Unbound.class);

        assertUsage(
                Run.of("keys", "seed", "--partner", "publisher", "--out", file.toString()),
                "never overwritten");
        assertUsage(
                Run.of("keys", "seed", "--partner", "P", "--out", keys.toString()), "must match");
        assertThat(OprfSeedFile.read(file)).isEqualTo(made);
    }

    @Test
    void backup_lostSeed_isRestoredAndEvaluatesAsBefore() throws Exception {
        generate();
        Policy policy = PolicyFile.read(policy(publisher().address()));
        SeedStore store = SeedStore.open(seed("publisher"), "publisher", policy);
        store.eraseBefore(policy.firstEpoch() + 1);
        Path backup = directory.resolve("backup.json");
        String phrase = passphrase("correct horse battery").toString();
        Run made =
                seedRun(
                        "backup",
                        seed("publisher"),
                        "--out",
                        backup.toString(),
                        "--passphrase-file",
                        phrase);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCodes.OK);
        assertThat(made.out())
                .contains(
                        "backup of publisher in room spring-campaign: epochs from "
                                + (policy.firstEpoch() + 1)
                                + " on");

        String[] restore = {"--backup", backup.toString(), "--passphrase-file", phrase};
        assertUsage(seedRun("restore", seed("publisher"), restore), "is not overwritten");
        Files.delete(seed("publisher"));
        Run restored = seedRun("restore", seed("publisher"), restore);
        assertThat(restored.exitCode()).as(restored.err()).isEqualTo(ExitCodes.OK);
        assertThat(
                        SeedStore.open(seed("publisher"), "publisher", policy)
                                .keys()
                                .publicKeysByEpoch())
                .isEqualTo(store.keys().publicKeysByEpoch())
                .isNotEmpty();
    }

    /** A restore that went back would bring to life what everybody believes erased. */
    @Test
    void restore_overASeedThatIsFurtherOn_isRefusedAndKeepsIt() throws Exception {
        generate();
        Policy policy = PolicyFile.read(policy(publisher().address()));
        SeedStore.open(seed("publisher"), "publisher", policy).bind();
        Path backup = directory.resolve("backup.json");
        String phrase = passphrase("correct horse battery").toString();
        seedRun(
                "backup",
                seed("publisher"),
                "--out",
                backup.toString(),
                "--passphrase-file",
                phrase);
        Run erased = seedRun("erase", seed("publisher"), "--all");
        assertThat(erased.out()).contains("publisher in room spring-campaign: nothing is left");

        assertUsage(
                seedRun(
                        "restore",
                        seed("publisher"),
                        "--backup",
                        backup.toString(),
                        "--passphrase-file",
                        phrase),
                "nothing is left",
                "epochs from " + policy.firstEpoch(),
                "what was erased stays erased");
        assertThat(OprfSeedFile.read(seed("publisher"))).isInstanceOf(StoredSeed.Erased.class);
        assertUsage(
                seedRun(
                        "backup",
                        seed("publisher"),
                        "--out",
                        directory.resolve("second.json").toString(),
                        "--passphrase-file",
                        phrase),
                "the seed has been erased");
    }

    @Test
    void restore_otherPassphraseOrNoBackup_isUsage() throws IOException {
        generate();
        Path backup = directory.resolve("backup.json");
        Path file = directory.resolve("restored.json");
        seedRun(
                "backup",
                seed("publisher"),
                "--out",
                backup.toString(),
                "--passphrase-file",
                passphrase("correct horse battery").toString());
        String other = passphrase("another horse battery").toString();
        assertUsage(
                seedRun("restore", file, "--backup", backup.toString(), "--passphrase-file", other),
                "the passphrase is another, or the file was changed");
        assertUsage(
                seedRun(
                        "restore",
                        file,
                        "--backup",
                        seed("publisher").toString(),
                        "--passphrase-file",
                        other),
                "key file");
        assertThat(file).doesNotExist();
    }

    @Test
    void erase_before_leavesLaterEpochsAlone() throws Exception {
        generate();
        Policy policy = PolicyFile.read(policy(publisher().address()));
        SeedStore.open(seed("publisher"), "publisher", policy).bind();
        String epoch = Long.toString(policy.firstEpoch() + 1);

        Run run = seedRun("erase", seed("publisher"), "--before", epoch);

        assertThat(run.out()).contains("epochs from " + epoch + " on");
        assertThat(
                        SeedStore.open(seed("publisher"), "publisher", policy)
                                .keys()
                                .publicKeysByEpoch()
                                .firstKey())
                .isEqualTo(policy.firstEpoch() + 1);
    }

    @Test
    void erase_neitherOrBothOrUnbound_isUsage() {
        generate();
        assertUsage(seedRun("erase", seed("publisher")), "give one of --before and --all");
        assertUsage(
                seedRun("erase", seed("publisher"), "--all", "--before", "5"),
                "give one of --before and --all");
        assertUsage(seedRun("erase", seed("publisher"), "--all"), "serves no room yet");
    }

    @Test
    void public_keysOfAnother_areRefused() throws IOException {
        generate();
        Path mine = KeyGeneration.partnerFile(keys, "publisher");
        Run otherAddress = publicKeys(policy(PUBLISHER), mine);
        assertThat(otherAddress.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(otherAddress.err()).contains("the policy has " + PUBLISHER);

        Path stranger = directory.resolve("stranger.json");
        PartnerKeys.generate("stranger", new SecureRandom()).write(stranger);
        Run noPartner = publicKeys(policy(PUBLISHER), stranger);
        assertThat(noPartner.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(noPartner.err()).contains("has no partner stranger");
    }

    @Test
    void public_fileThatIsNone_isUsage() throws IOException {
        generate();
        Path policy = policy(PUBLISHER);
        for (Path file :
                List.of(
                        directory.resolve("none.json"),
                        KeyGeneration.nodeFile(keys, "node-one"),
                        policy,
                        directory)) {
            Run run = publicKeys(policy, file);
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.USAGE);
            assertThat(run.out()).isEmpty();
        }
    }
}
