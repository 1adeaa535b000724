package io.sealroom.cli.policy;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Inputs;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.chain.OptionalEndpointOptions;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomLookup;
import io.sealroom.contracts.WrongChainException;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealroom policy check}. */
@Command(
        name = "check",
        description = {
            "Shows what a policy's releases would tell and cost, before anything is spent.",
            "",
            "For every family of rows: what one identifier can change, the noise, its 95 %% margin,"
                    + " the threshold and the charge; what the caps leave out; the loss after 1, 4"
                    + " and 13 epochs; and how many identifiers a partner can test. What cannot be"
                    + " paid is refused with exit code 1, every reason listed: against the limits of"
                    + " the policy's ledger with --rpc, or against those given with --limit.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
final class CheckCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The policy.")
    private Path file;

    @Option(
            names = "--delta",
            defaultValue = "0.000001",
            paramLabel = "DELTA",
            converter = Delta.class,
            description = "At which losses are shown as epsilon (default: ${DEFAULT-VALUE}).")
    private BigDecimal delta;

    @Mixin private OptionalEndpointOptions chain;

    @Option(
            names = "--limit",
            paramLabel = "DATASET=PERIOD[:LIFE]",
            converter = GivenLimit.Converter.class,
            description =
                    "Limits in micro-rho, per period and for life, of a data set that is not"
                            + " registered yet; PARTNER/DATASET where several have the name. May be"
                            + " repeated.")
    private List<GivenLimit> given = List.of();

    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
        Policy policy = Inputs.policy(file);
        Limits limits = Limits.given(policy, given);
        Optional<Endpoint> endpoint = chain.endpoint();
        if (endpoint.isPresent()) {
            limits = ask(endpoint.get(), policy, limits);
        }
        PolicyPreview preview = PolicyPreview.of(policy, delta, limits);
        output.print(spec, preview);
        return preview.refusals().isEmpty() ? ExitCodes.OK : ExitCodes.MISMATCH;
    }

    private static Limits ask(Endpoint endpoint, Policy policy, Limits given) {
        try (RoomLookup lookup = endpoint.lookup();
                LedgerContract ledger =
                        endpoint.ledger(lookup.chainId(), new Account(policy.ledger().hex()))) {
            ledger.verify();
            return Limits.of(ledger, policy, given);
        } catch (WrongChainException e) {
            // What else there is to say of the policy holds all the same.
            return new Limits(
                    given.byPartner(),
                    List.of(
                            String.format(
                                    "ledger %s: no BudgetLedger is there, so nothing can be paid",
                                    policy.ledger())));
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }
}
