package io.sealroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.local.parts.ChainOptions;
import io.sealroom.local.parts.LocalChain;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A real chain with factory and ledger, and the sample's parties that use the command on it. */
public final class SampleChain implements AutoCloseable {

    public static final long LIMIT = 1_000_000_000;

    private final LocalChain chain;
    private final Path directory;

    private SampleChain(LocalChain chain, Path directory) {
        this.chain = chain;
        this.directory = directory;
    }

    /** Deploys with the command. */
    public static SampleChain start(Path directory) throws IOException {
        LocalChain chain =
                LocalChain.start(ChainOptions.defaults().withChainId(SampleRoom.CHAIN_ID));
        SampleChain sample = new SampleChain(chain, directory);
        for (int i = 0; i < SampleRoom.PARTNERS.size(); i++) {
            SampleRoom.partnerKeys(i, directory);
            chain.fund(SampleRoom.PARTNERS.get(i).account().hex());
        }
        Path deployer = directory.resolve("deployer.key");
        Files.writeString(deployer, chain.developmentKey(0).substring(2) + "\n");
        Files.setPosixFilePermissions(deployer, PosixFilePermissions.fromString("rw-------"));
        JsonNode deployed = json(sample.run("chain", "deploy", "--key", deployer.toString()));
        assertThat(deployed.required("factory").textValue()).isEqualTo(SampleRoom.FACTORY.hex());
        assertThat(deployed.required("ledger").textValue()).isEqualTo(SampleRoom.LEDGER.hex());
        return sample;
    }

    public LocalChain chain() {
        return chain;
    }

    public Path deployerKey() {
        return directory.resolve("deployer.key");
    }

    public Path partnerKeys(int partner) {
        return directory.resolve("partner-" + partner + ".json");
    }

    /** A run with --rpc and --json. */
    public Run run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--rpc", chain.rpcUrl(), "--json"));
        return Run.of(all.toArray(String[]::new));
    }

    /** A run for people. */
    public Run text(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--rpc", chain.rpcUrl()));
        return Run.of(all.toArray(String[]::new));
    }

    /** The object that a run printed, which went well. */
    public static JsonNode json(Run run) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        return object(run);
    }

    /** The object that a run printed. */
    public static JsonNode object(Run run) {
        try {
            return new ObjectMapper().readTree(run.out());
        } catch (JsonProcessingException e) {
            throw new AssertionError(run.out() + run.err(), e);
        }
    }

    /** Registers a partner's data set. */
    public void register(int partner, String dataset) {
        json(
                run(
                        "budget",
                        "register",
                        "--dataset",
                        dataset,
                        "--period",
                        "P28D",
                        "--limit-per-period",
                        Long.toString(LIMIT),
                        "--limit-for-life",
                        Long.toString(LIMIT),
                        "--ledger",
                        SampleRoom.LEDGER.hex(),
                        "--key",
                        partnerKeys(partner).toString()));
    }

    /** Registers the data sets of the sample policy. */
    public void registerAll() {
        register(0, "publisher");
        register(1, "advertiser");
    }

    /** Creates a policy's room. */
    public Account create(Path policy) {
        JsonNode created =
                json(
                        run(
                                "room",
                                "create",
                                "--policy",
                                policy.toString(),
                                "--factory",
                                SampleRoom.FACTORY.hex(),
                                "--key",
                                deployerKey().toString()));
        return new Account(created.required("contract").textValue());
    }

    /** A run of a command that a partner acts with. */
    public Run act(String command, int partner, Path policy, Account room, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "room",
                                command,
                                "--policy",
                                policy.toString(),
                                "--contract",
                                room.hex(),
                                "--partner-keys",
                                partnerKeys(partner).toString()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    /** A room that both partners have approved and revealed their keys to. */
    public Account open(Path policy, String... moreOfApproval) throws IOException {
        Account room = create(policy);
        for (int i = 0; i < SampleRoom.PARTNERS.size(); i++) {
            json(act("approve", i, policy, room, moreOfApproval));
        }
        settle();
        for (int i = 0; i < SampleRoom.PARTNERS.size(); i++) {
            json(act("reveal", i, policy, room));
        }
        return room;
    }

    /** A room to send to, as the deployer does. */
    public RoomContract connect(Path policyFile, Account room) throws IOException, PolicyException {
        Policy policy = PolicyFile.read(policyFile);
        Bytes32 hash = policy.hash();
        return Web3jRoom.connect(
                RoomEndpoint.of(
                        chain.rpcUrl(),
                        new RoomLocation(SampleRoom.CHAIN_ID, room, SampleRoom.word(hash)),
                        SampleRoom.DEPLOYER));
    }

    /** The sample policy with some texts replaced, in pairs. */
    public Path policy(String name, String... fromTo) throws IOException {
        String yaml = Files.readString(SampleRoom.policyFile());
        for (int i = 0; i < fromTo.length; i += 2) {
            assertThat(yaml).contains(fromTo[i]);
            yaml = yaml.replace(fromTo[i], fromTo[i + 1]);
        }
        return Files.writeString(directory.resolve(name + ".yaml"), yaml);
    }

    /** A transaction of a development account that has no part in the sample. */
    public void send(Account to, String data) throws IOException {
        JsonNode hash =
                rpc(
                        "eth_sendTransaction",
                        String.format(
                                "{\"from\":\"%s\",\"to\":\"%s\",\"data\":\"%s\"}",
                                chain.developmentAddress(1), to, data));
        JsonNode receipt = rpc("eth_getTransactionReceipt", hash.toString());
        assertThat(receipt.required("status").textValue()).isEqualTo("0x1");
    }

    /** Empty blocks, until what is there is final. */
    public void settle() throws IOException {
        rpc("anvil_mine", "\"0x2\"");
    }

    private JsonNode rpc(String method, String parameter) throws IOException {
        HttpRequest post =
                HttpRequest.newBuilder(URI.create(chain.rpcUrl()))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        String.format(
                                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}",
                                                method, parameter)))
                        .build();
        try {
            String body =
                    HttpClient.newHttpClient()
                            .send(post, HttpResponse.BodyHandlers.ofString())
                            .body();
            return new ObjectMapper().readTree(body).required("result");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        chain.close();
    }
}
