package io.sealroom.cli.verify;

import io.sealroom.cli.AccountConverter;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Inputs;
import io.sealroom.cli.UnavailableException;
import io.sealroom.cli.chain.EndpointOptions;
import io.sealroom.contracts.Account;
import io.sealroom.schemas.policy.Policy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom verify}. */
@Command(
        name = "verify",
        description = {
            "Verifies a file of releases against the chain.",
            "",
            "Recomputes leaves, roots and hashes, demands rows 0 to m-1 of every release, and"
                    + " compares the recomputed hash and the partners' totals commitments with"
                    + " those the contract holds. A line that is not a release, a release that"
                    + " stands twice or of a window that the contract withheld because the budget"
                    + " could not pay, and a file without releases are mismatches (exit code 1)."
                    + " Found mismatches win over a chain that does not answer (3).",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
public final class VerifyCommand implements Callable<Integer> {

    private final RoomSource rooms;

    @Spec private CommandSpec spec;

    @Option(
            names = "--releases",
            required = true,
            paramLabel = "FILE",
            description = "The releases, one JSON object a line.")
    private Path releases;

    @Mixin private EndpointOptions endpoint;

    @Option(
            names = "--contract",
            required = true,
            paramLabel = "ADDRESS",
            converter = AccountConverter.class,
            description = "Address of the Room, from a source you trust.")
    private Account contract;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Hold rows, noise, windows and signatures against this policy too.")
    private @Nullable Path policyFile;

    @Option(names = "--json", description = "Print JSON objects instead of text.")
    private boolean json;

    /**
     * @param rooms how to reach the contract
     */
    public VerifyCommand(RoomSource rooms) {
        this.rooms = rooms;
    }

    @Override
    public Integer call() {
        Optional<Policy> policy = Optional.ofNullable(policyFile).map(Inputs::policy);
        VerifyReport report = new VerifyReport(spec.commandLine().getOut(), json);
        try (BufferedReader lines = Inputs.lines(releases);
                ChainRules chain = new ChainRules(contract, rooms, endpoint.endpoint())) {
            new ReleaseVerifier(Optional.of(chain), policy).verify(lines, report::add);
        } catch (IOException e) {
            throw Inputs.unreadable(releases, e);
        }
        report.finish();
        if (report.mismatches() > 0 || report.total() == 0) {
            return ExitCodes.MISMATCH;
        }
        if (report.unchecked() > 0) {
            throw new UnavailableException("the chain endpoint does not answer");
        }
        return ExitCodes.OK;
    }
}
