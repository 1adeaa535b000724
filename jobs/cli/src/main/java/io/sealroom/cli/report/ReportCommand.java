package io.sealroom.cli.report;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Inputs;
import io.sealroom.cli.UnavailableException;
import io.sealroom.cli.UsageException;
import io.sealroom.cli.budget.RoomSpending;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.verify.ChainRules;
import io.sealroom.cli.verify.ReleaseVerifier;
import io.sealroom.cli.verify.RoomSource;
import io.sealroom.cli.verify.VerifiedLine;
import io.sealroom.schemas.policy.Policy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom report}. */
@Command(
        name = "report",
        description = {
            "Makes a page for people of a file of releases.",
            "",
            "One HTML file that loads nothing and runs no script: charts with intervals, the"
                    + " numbers, charges, receipts, and what was verified. Without --rpc and"
                    + " --contract a release can only be consistent in itself, and the page says"
                    + " so. Of a release that does not verify the page has the faults and no"
                    + " number (exit code 1). If nothing is wrong but the chain does not answer,"
                    + " there is no page (3).",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
public final class ReportCommand implements Callable<Integer> {

    private final RoomSource rooms;

    @Spec private CommandSpec spec;

    @Option(
            names = "--releases",
            required = true,
            paramLabel = "FILE",
            description = "The releases, one JSON object a line.")
    private Path releases;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Write the page to this new file.")
    private Path out;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "Hold rows, noise, windows and signatures against this policy too, and say"
                            + " what they cost.")
    private @Nullable Path policyFile;

    @Mixin private ChainOptions chain;

    /**
     * @param rooms how to reach the contract
     */
    public ReportCommand(RoomSource rooms) {
        this.rooms = rooms;
    }

    @Override
    public Integer call() {
        Optional<ChainOptions.Named> named = chain.named(spec);
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(String.format("%s exists already", out));
        }
        Optional<Policy> policy = Optional.ofNullable(policyFile).map(Inputs::policy);
        Results results = Results.of(verified(named, policy));
        if (results.valid() && named.isPresent() && !results.onChain()) {
            throw new UnavailableException("the chain endpoint does not answer");
        }
        write(Page.of(results, evidence(results, named, policy)));
        say(results);
        return results.valid() ? ExitCodes.OK : ExitCodes.MISMATCH;
    }

    private List<VerifiedLine> verified(
            Optional<ChainOptions.Named> named, Optional<Policy> policy) {
        List<VerifiedLine> found = new ArrayList<>();
        try (BufferedReader lines = Inputs.lines(releases)) {
            if (named.isEmpty()) {
                new ReleaseVerifier(Optional.empty(), policy).verify(lines, found::add);
                return found;
            }
            try (ChainRules rules =
                    new ChainRules(named.get().contract(), rooms, named.get().endpoint())) {
                new ReleaseVerifier(Optional.of(rules), policy).verify(lines, found::add);
            }
        } catch (IOException e) {
            throw Inputs.unreadable(releases, e);
        }
        return found;
    }

    private static Evidence evidence(
            Results results, Optional<ChainOptions.Named> named, Optional<Policy> policy) {
        if (named.isEmpty() || results.count(Standing.ON_CHAIN) == 0) {
            return new Evidence(policy, named.isPresent(), Optional.empty(), false);
        }
        try {
            return new Evidence(policy, true, Optional.of(spending(named.get(), policy)), false);
        } catch (IOException e) {
            if (results.valid()) {
                throw Actions.unavailable(e);
            }
            // That something is wrong is known, and weighs more than what it cost.
            return new Evidence(policy, true, Optional.empty(), true);
        }
    }

    private static RoomSpending spending(ChainOptions.Named room, Optional<Policy> policy)
            throws IOException {
        return RoomSpending.read(room.endpoint(), room.contract(), room.fromBlock(), policy);
    }

    private void write(String page) {
        try {
            Files.createFile(out);
        } catch (IOException e) {
            throw refused("created", e);
        }
        try {
            Files.writeString(out, page, StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Half a page could be taken for a whole one.
            out.toFile().delete();
            throw refused("written", e);
        }
    }

    private UsageException refused(String what, IOException e) {
        return new UsageException(
                String.format("%s cannot be %s: %s", out, what, e.getClass().getSimpleName()));
    }

    private void say(Results results) {
        PrintWriter print = spec.commandLine().getOut();
        print.printf(
                "%d releases: %d verified, %d consistent, %d invalid; %d other lines%n",
                results.releases().size(),
                results.count(Standing.ON_CHAIN),
                results.count(Standing.CONSISTENT),
                results.count(Standing.INVALID),
                results.noReleases().size());
        print.flush();
    }
}
