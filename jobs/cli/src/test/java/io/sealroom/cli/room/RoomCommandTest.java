package io.sealroom.cli.room;

import static io.sealroom.cli.SampleChain.json;
import static io.sealroom.cli.SampleChain.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.cli.SampleChain;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainDeployer;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.Word;
import io.sealroom.local.parts.Ports;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.privacy.oprf.SeedErasing;
import io.sealroom.privacy.oprf.SeedStore;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.privacy.secret.StoredSeed;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomCommandTest {

    private static final long CHARGE = 9_000_000;
    private static final String PUBLISHER =
            "{name: publisher, address: \"0x1563915e194d8cfba1943570603f7606a3115508\"";

    private static SampleChain sample;
    private static Path policy;

    private final Path own;

    RoomCommandTest(@TempDir Path own) {
        this.own = own;
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        sample = SampleChain.start(directory);
        sample.registerAll();
        policy = SampleRoom.policyFile();
    }

    @AfterAll
    static void stop() {
        if (sample != null) {
            sample.close();
        }
    }

    private static Run show(Account room, String... more) {
        String[] args = new String[4 + more.length];
        System.arraycopy(new String[] {"room", "show", "--contract", room.hex()}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        return sample.run(args);
    }

    private static void assertShowsNoSecret(Run run) {
        assertThat(run.out() + run.err()).doesNotContain("22222222").doesNotContain("33333333");
    }

    @Test
    void ceremony_inOrder_makesAnActiveRoomAndItsFile() throws Exception {
        Account room = sample.create(policy);
        JsonNode fresh = json(show(room, "--policy", policy.toString()));
        assertThat(fresh.at("/partners/0/approved").booleanValue()).isFalse();

        for (int i = 0; i < 2; i++) {
            Run run = sample.act("approve", i, policy, room);
            JsonNode approved = json(run);
            assertThat(approved.required("transaction").textValue()).startsWith("0x");
            assertThat(approved.at("/allowance/microRho").longValue()).isEqualTo(CHARGE);
            assertThat(approved.required("chainId").longValue()).isEqualTo(SampleRoom.CHAIN_ID);
            assertShowsNoSecret(run);
        }
        JsonNode waiting = json(show(room, "--policy", policy.toString()));
        assertThat(waiting.at("/partners/1/approved").booleanValue()).isTrue();
        assertThat(waiting.at("/partners/1/revealed").booleanValue()).isFalse();
        assertThat(waiting.required("active").booleanValue()).isFalse();

        sample.settle();
        JsonNode first = json(sample.act("reveal", 0, policy, room));
        assertThat(first.required("active").booleanValue()).isFalse();
        assertThat(first.required("chainId").longValue()).isEqualTo(SampleRoom.CHAIN_ID);
        Run last = sample.act("reveal", 1, policy, room);
        assertThat(json(last).required("active").booleanValue()).isTrue();
        assertShowsNoSecret(last);

        Path file = own.resolve("room.json");
        JsonNode shown = json(show(room, "--policy", policy.toString(), "--out", file.toString()));
        assertThat(shown.required("active").booleanValue()).isTrue();
        assertThat(shown.required("ofFactory").booleanValue()).isTrue();
        assertThat(shown.required("differences")).isEmpty();
        assertThat(shown.required("quota").longValue()).isEqualTo(200_000);
        assertThat(shown.required("semantics").intValue())
                .isEqualTo(SampleRoom.policy().semantics());
        assertThat(shown.required("finalityDepth").intValue())
                .isEqualTo(SampleRoom.policy().finalityDepth());
        assertThat(shown.at("/partners/0/name").textValue()).isEqualTo("publisher");
        assertThat(shown.at("/queries/0/charge").longValue()).isEqualTo(8_000_000);
        RoomFile roomFile = RoomFile.read(file);
        assertThat(roomFile.contract().hex()).isEqualTo(room.hex());
        assertThat(roomFile.deploymentBlock()).isEqualTo(shown.required("block").longValue());
        for (int i = 0; i < 2; i++) {
            String name = SampleRoom.policy().partners().get(i).name();
            SeedStore seed =
                    SeedStore.open(
                            KeyGeneration.seedFileBeside(sample.partnerKeys(i), name),
                            name,
                            SampleRoom.policy());
            assertThat(roomFile.oprfKeys().getOrDefault(name, new TreeMap<>()).values())
                    .containsExactlyElementsOf(
                            seed.keys().publicKeys().stream()
                                    .map(PublicKeyShare::encoded)
                                    .toList());
        }

        Run again = show(room, "--policy", policy.toString(), "--out", file.toString());
        assertThat(again.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(again.err()).contains("cannot be created");
    }

    @Test
    void ceremony_repeated_changesNothing() throws IOException {
        Account room = sample.open(policy);
        JsonNode approved = json(sample.act("approve", 0, policy, room));
        assertThat(approved.required("transaction").isNull()).isTrue();
        assertThat(approved.at("/allowance/transaction").isNull()).isTrue();
        assertThat(json(sample.act("reveal", 0, policy, room)).required("transaction").isNull())
                .isTrue();
    }

    @Test
    void commands_forPeople_sayWhatIsNext() {
        Run created =
                sample.text(
                        "room",
                        "create",
                        "--policy",
                        policy.toString(),
                        "--factory",
                        SampleRoom.FACTORY.hex(),
                        "--key",
                        sample.deployerKey().toString());
        assertThat(created.out()).contains("contract       0x").doesNotContain("warning");
        Account room = new Account(created.outLines().get(0).substring(15));
        Run approved =
                sample.text(
                        "room",
                        "approve",
                        "--policy",
                        policy.toString(),
                        "--contract",
                        room.hex(),
                        "--partner-keys",
                        sample.partnerKeys(0).toString());
        assertThat(approved.out())
                .contains("publisher approved " + room + " on chain 31337: transaction")
                .contains("may spend 9000000 micro-rho of publisher (what its 1 epochs cost)")
                .contains("next: 'sealroom room reveal'");
        Run shown = sample.text("room", "show", "--contract", room.hex());
        assertThat(shown.out())
                .contains("state          waits for approvals")
                .contains("created this room")
                .contains(": approved, NOT revealed; approver")
                .contains(": NOT approved, NOT revealed; approver");
    }

    @Test
    void create_datasetNotRegistered_warnsWithTheCommand() throws IOException {
        Path unregistered =
                sample.policy("unregistered", PUBLISHER, PUBLISHER + ", dataset: spring.exposures");
        JsonNode created =
                json(
                        sample.run(
                                "room",
                                "create",
                                "--policy",
                                unregistered.toString(),
                                "--factory",
                                SampleRoom.FACTORY.hex(),
                                "--key",
                                sample.deployerKey().toString()));
        assertThat(created.required("warnings")).hasSize(1);
        assertThat(created.at("/warnings/0").textValue())
                .contains("spring.exposures of publisher is not registered")
                .contains("sealroom budget register --dataset spring.exposures --period PT672H");
        Account room = new Account(created.required("contract").textValue());

        Run refused = sample.act("approve", 0, unregistered, room);
        assertThat(refused.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(refused.err()).contains("run: sealroom budget register");
        assertThat(json(show(room)).at("/partners/0/approved").booleanValue()).isFalse();

        sample.register(0, "spring.exposures");
        json(sample.act("approve", 0, unregistered, room));
    }

    @Test
    void create_ledgerOfAnotherFactory_isRefused() throws Exception {
        try (ChainDeployer deployer =
                ChainDeployer.connect(sample.chain().rpcUrl(), SampleRoom.DEPLOYER)) {
            Account other = deployer.deployFactory().contract();
            Run run =
                    sample.run(
                            "room",
                            "create",
                            "--policy",
                            policy.toString(),
                            "--factory",
                            other.hex(),
                            "--key",
                            sample.deployerKey().toString());
            assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(run.err())
                    .contains("takes rooms of the factory " + SampleRoom.FACTORY)
                    .contains("not of " + other);

            // Somebody may create it by hand: nobody approves it.
            Account stray =
                    deployer.createRoom(other, SampleRoom.configuration()).location().contract();
            Run approval = sample.act("approve", 0, policy, stray);
            assertThat(approval.exitCode()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(approval.err()).contains("nobody knows what code it runs");
            Run shown = show(stray, "--policy", policy.toString());
            assertThat(shown.exitCode()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(object(shown).required("ofFactory").booleanValue()).isFalse();
        }
    }

    @Test
    void create_noLedgerThere_isRefused() throws IOException {
        Path elsewhere =
                sample.policy("elsewhere", SampleRoom.LEDGER.hex(), "0x" + "12".repeat(20));
        Run run =
                sample.run(
                        "room",
                        "create",
                        "--policy",
                        elsewhere.toString(),
                        "--factory",
                        SampleRoom.FACTORY.hex(),
                        "--key",
                        sample.deployerKey().toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.err()).contains("no BudgetLedger");
    }

    @Test
    void anyCommand_roomOfAnotherPolicy_namesEachField() throws IOException {
        Account room = sample.create(policy);
        Path other =
                sample.policy(
                        "other",
                        "quota: 200000",
                        "quota: 300000",
                        "epsilon: {count: \"1\", value: \"1\"}",
                        "epsilon: {count: \"2\", value: \"1\"}");
        for (String command : List.of("approve", "reveal", "close")) {
            Run run = sample.act(command, 0, other, room);
            assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(run.err())
                    .contains("quota: policy 300000, chain 200000")
                    .contains("queries[1].charge: policy 2500000, chain 1000000")
                    .contains("policyHash: policy 0x")
                    .doesNotContain("partners");
        }
        Run shown = show(room, "--policy", other.toString());
        assertThat(shown.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(object(shown).required("differences")).hasSize(3);
    }

    @Test
    void approve_approverElsewhere_bringsItsSignature() throws Exception {
        ChainSigner wallet = ChainSigner.fromHex("77".repeat(32));
        Path withApprover =
                sample.policy(
                        "approver",
                        PUBLISHER,
                        PUBLISHER + ", approver: \"" + wallet.account() + "\"");
        Account room = sample.create(withApprover);
        Run unsigned = sample.act("approve", 0, withApprover, room);
        assertThat(unsigned.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(unsigned.err())
                .contains("the approver " + wallet.account() + " must sign")
                .contains("--print-digest");

        JsonNode toSign = json(sample.act("approve", 0, withApprover, room, "--print-digest"));
        assertThat(toSign.required("approver").textValue()).isEqualTo(wallet.account().hex());
        assertThat(toSign.at("/typedData/primaryType").textValue()).isEqualTo("Approval");
        assertThat(toSign.at("/typedData/domain/verifyingContract").textValue())
                .isEqualTo(room.hex());
        assertThat(json(show(room)).at("/partners/0/approved").booleanValue()).isFalse();

        Word digest = Word.fromHex(toSign.required("digest").textValue());
        Run wrong =
                sample.act(
                        "approve",
                        0,
                        withApprover,
                        room,
                        "--signature",
                        SampleRoom.PARTNERS.get(1).sign(digest).toString());
        assertThat(wrong.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(wrong.err()).contains("NotSignedByApprover").contains("the approver's");

        Run signed =
                sample.act(
                        "approve",
                        0,
                        withApprover,
                        room,
                        "--signature",
                        wallet.sign(digest).toString());
        assertThat(json(signed).has("allowance")).isFalse();
        assertThat(signed.err())
                .contains("still has to allow the room to spend of it (9000000 micro-rho");
        assertThat(json(show(room)).at("/partners/0/approved").booleanValue()).isTrue();
    }

    @Test
    void approve_keyOfTheApproverPays_signsWithIt() throws Exception {
        ChainSigner approver = ChainSigner.fromHex("78".repeat(32));
        sample.chain().fund(approver.account().hex());
        Path key = Files.writeString(own.resolve("approver.key"), "0x" + "78".repeat(32));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Path withApprover =
                sample.policy(
                        "payer",
                        PUBLISHER,
                        PUBLISHER
                                + ", approver: \""
                                + approver.account()
                                + "\", dataset: of-another");
        Account room = sample.create(withApprover);
        json(
                sample.run(
                        "budget",
                        "register",
                        "--dataset",
                        "of-another",
                        "--period",
                        "P28D",
                        "--limit-per-period",
                        "9000000",
                        "--limit-for-life",
                        "9000000",
                        "--ledger",
                        SampleRoom.LEDGER.hex(),
                        "--key",
                        key.toString()));
        JsonNode approved =
                json(sample.act("approve", 0, withApprover, room, "--key", key.toString()));
        assertThat(approved.at("/allowance/microRho").longValue()).isEqualTo(CHARGE);
    }

    /** What is not final may be taken back, and approved anew with keys chosen by then. */
    @Test
    void reveal_approvalsNotFinal_waits() throws Exception {
        Account room = sample.create(policy);
        json(sample.act("approve", 0, policy, room));
        json(sample.act("approve", 1, policy, room));
        Run early = sample.act("reveal", 0, policy, room);
        assertThat(early.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(early.out()).isEmpty();
        assertThat(early.err())
                .contains("not every approval is final")
                .contains("when the chain's finalized block is 2 further");
        assertThat(json(show(room)).at("/partners/0/revealed").booleanValue()).isFalse();

        sample.settle();
        json(sample.act("reveal", 0, policy, room));
    }

    @Test
    void reveal_finalityDepth_waitsForSoManyBlocks() throws Exception {
        Path deep = sample.policy("deep", "quota: 200000", "finalityDepth: 2\nquota: 200000");
        Account room = sample.create(deep);
        json(sample.act("approve", 0, deep, room));
        json(sample.act("approve", 1, deep, room));
        assertThat(sample.act("reveal", 0, deep, room).err()).contains("after 2 more blocks");
        sample.settle();
        json(sample.act("reveal", 0, deep, room));
    }

    @Test
    void approveOrReveal_otherChainIsMeant_isRefused() {
        Account room = sample.create(policy);
        for (String command : List.of("approve", "reveal")) {
            Run run = sample.act(command, 0, policy, room, "--chain-id", "1");
            assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(run.err()).contains("chain id is 31337, --chain-id says 1");
        }
        json(sample.act("approve", 0, policy, room, "--chain-id", "31337"));
    }

    @Test
    void reveal_tooEarlyOrWithOtherKeys_saysWhatToDo() throws Exception {
        Account room = sample.create(policy);
        Run notApproved = sample.act("reveal", 0, policy, room);
        assertThat(notApproved.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(notApproved.err()).contains("run 'sealroom room approve' first");

        json(sample.act("approve", 0, policy, room));
        Run alone = sample.act("reveal", 0, policy, room);
        assertThat(alone.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(alone.err()).contains("NotApproved(1, 2)").contains("says who");

        Path otherSeed = own.resolve("other.json");
        OprfSeedFile.create(otherSeed, StoredSeed.generate("publisher", new SecureRandom()));
        Run other = sample.act("reveal", 0, policy, room, "--seed", otherSeed.toString());
        assertThat(other.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(other.err()).contains("use the seed file it approved with");
    }

    /** To leave is always possible; to show keys that have been erased never is. */
    @Test
    void approve_seedThatCannotServe_isUsage() throws Exception {
        Account room = sample.create(policy);
        Path seed = own.resolve("seed.json");
        OprfSeedFile.create(
                seed,
                new StoredSeed.Bound(
                        "publisher", "another-room", 1, SecretBytes.copyOf(new byte[32])));
        Run ofAnotherRoom = sample.act("approve", 0, policy, room, "--seed", seed.toString());
        assertThat(ofAnotherRoom.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(ofAnotherRoom.err()).contains("serves the room another-room");

        Files.delete(seed);
        Policy sampled = SampleRoom.policy();
        OprfSeedFile.create(seed, StoredSeed.generate("publisher", new SecureRandom()));
        SeedStore.open(seed, "publisher", sampled).bind();
        SeedErasing.before(seed, sampled.firstEpoch() + 1);
        Run passed = sample.act("approve", 0, policy, room, "--seed", seed.toString());
        assertThat(passed.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(passed.err()).contains("has passed epoch " + sampled.firstEpoch());
        assertThat(json(show(room)).at("/partners/0/approved").booleanValue()).isFalse();
    }

    @Test
    void show_notActive_writesNoFile() {
        Account room = sample.create(policy);
        Path file = own.resolve("room.json");
        Run run = show(room, "--policy", policy.toString(), "--out", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.err()).contains("the room is not active");
        assertThat(file).doesNotExist();
        assertThat(show(room, "--out", file.toString()).exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void show_noRoomThere_isMismatch() {
        Run run = show(new Account("0x" + "12".repeat(20)));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.err()).contains("no Room");
    }

    @Test
    void close_runningRoom_closesItFromTheNextEpoch() throws Exception {
        long now = Instant.now().toEpochMilli();
        long epochMillis = SampleRoom.policy().epochMillis();
        Path running =
                sample.policy(
                        "running",
                        "end: 2026-01-05T03:00:00Z",
                        "end: " + Instant.ofEpochMilli((now / epochMillis + 3) * epochMillis));
        Account room = sample.create(running);
        for (String[] elsewhere :
                new String[][] {{"--print-digest"}, {"--signature", "0x" + "12".repeat(65)}}) {
            Run noEpoch = sample.act("close", 0, running, room, elsewhere);
            assertThat(noEpoch.exitCode()).isEqualTo(ExitCodes.USAGE);
            assertThat(noEpoch.err()).contains("--print-digest and --signature need --epoch");
        }
        String next = Long.toString(now / epochMillis + 1);
        Run toSign = sample.act("close", 0, running, room, "--print-digest", "--epoch", next);
        assertThat(json(toSign).at("/typedData/primaryType").textValue()).isEqualTo("Leave");
        JsonNode closed = json(sample.act("close", 0, running, room));
        assertThat(closed.required("epoch").longValue()).isEqualTo(now / epochMillis + 1);
        assertThat(closed.required("closesAt").textValue())
                .isEqualTo(Instant.ofEpochMilli((now / epochMillis + 1) * epochMillis).toString());

        JsonNode again = json(sample.act("close", 0, running, room));
        assertThat(again.required("transaction").isNull()).isTrue();
        assertThat(again.required("closesAt")).isEqualTo(closed.required("closesAt"));
        Run past = sample.act("close", 1, running, room, "--epoch", "5");
        assertThat(past.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(past.err()).contains("EpochNotAhead");
    }

    @Test
    void close_withoutEpoch_isAfterNowAndTheFirst() {
        Policy sampled = SampleRoom.policy();
        long first = sampled.firstEpoch();
        assertThat(CloseCommand.nextEpoch(sampled, 0)).isEqualTo(first + 1);
        assertThat(CloseCommand.nextEpoch(sampled, sampled.startMillis())).isEqualTo(first + 1);
        assertThat(
                        CloseCommand.nextEpoch(
                                sampled, sampled.startMillis() + 3 * sampled.epochMillis()))
                .isEqualTo(first + 4);
    }

    @Test
    void anyCommand_keysThatAreNot_isUsageWithoutSecret() throws IOException {
        Account room = new Account("0x" + "12".repeat(20));
        Path readable = Files.writeString(own.resolve("readable.json"), "22".repeat(32) + "\n");
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rw-r--r--"));
        Path nonsense = Files.writeString(own.resolve("nonsense.json"), "22".repeat(31));
        Files.setPosixFilePermissions(nonsense, PosixFilePermissions.fromString("rw-------"));
        for (Path file : List.of(readable, nonsense, own, own.resolve("none"))) {
            Run asPartner =
                    sample.run(
                            "room",
                            "approve",
                            "--policy",
                            policy.toString(),
                            "--contract",
                            room.hex(),
                            "--partner-keys",
                            file.toString());
            Run asPayer = sample.run("chain", "deploy", "--key", file.toString());
            for (Run run : List.of(asPartner, asPayer)) {
                assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.USAGE);
                assertThat(run.out()).isEmpty();
                assertThat(run.err()).doesNotContain("\tat ");
                assertShowsNoSecret(run);
            }
        }
    }

    @Test
    void anyCommand_nobodyListens_isUnavailable() {
        Run run =
                Run.of(
                        "room",
                        "show",
                        "--contract",
                        SampleRoom.CONTRACT.hex(),
                        "--rpc",
                        "http://127.0.0.1:" + Ports.free() + "/v3/credential");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.err()).hasLineCount(1).doesNotContain("credential");
    }

    @Test
    void roomFile_roomOfTwoEpochs_hasAKeyForEach() throws Exception {
        Path two =
                sample.policy(
                        "two-epochs", "end: 2026-01-05T03:00:00Z", "end: 2026-02-05T03:00:00Z");
        Account room = sample.open(two);
        Path file = own.resolve("room.json");
        json(show(room, "--policy", two.toString(), "--out", file.toString()));
        Policy longer = PolicyFile.read(two);
        SortedMap<Long, Bytes> keys =
                RoomFile.read(file).oprfKeys().getOrDefault("publisher", new TreeMap<>());
        assertThat(keys.keySet()).containsExactly(longer.firstEpoch(), longer.lastEpoch());
        assertThat(keys.values()).doesNotHaveDuplicates();
    }
}
