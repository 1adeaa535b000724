package io.sealroom.cli.budget;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.Printable;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.chain.Registration;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.Word;
import io.sealroom.partner.ceremony.RoomConfigurations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom budget register}. */
@Command(
        name = "register",
        description = {
            "Registers a data set of the sender's.",
            "",
            "Its period and limits stand for ever. The period must be the epoch of every room that"
                    + " is to spend of it.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class RegisterCommand implements Runnable {

    private static final long PERIOD_LIMIT_MAX = RoomConfigurations.CHARGE_MAX.longValueExact();

    @Spec private CommandSpec spec;

    @Mixin private LedgerOptions ledger;

    @Option(
            names = "--period",
            required = true,
            paramLabel = "DURATION",
            description = "Length of a budget period, as in P28D: the rooms' epoch.")
    private Duration period;

    @Option(
            names = "--limit-per-period",
            required = true,
            paramLabel = "MICRO-RHO",
            description = "What all rooms together may spend in a period.")
    private long limitPerPeriod;

    @Option(
            names = "--limit-for-life",
            required = true,
            paramLabel = "MICRO-RHO",
            description = "What all rooms together may ever spend.")
    private long limitForLife;

    @Mixin private OutputOptions output;

    @Override
    public void run() {
        ledger.requireName(spec);
        require(period.toMillis() > 0, "--period must be positive");
        require(
                limitPerPeriod > 0 && limitPerPeriod <= PERIOD_LIMIT_MAX,
                "--limit-per-period must be 1 to " + PERIOD_LIMIT_MAX);
        require(limitForLife > 0, "--limit-for-life must be positive");
        ChainSigner owner = ledger.signer();
        try (LedgerContract contract = ledger.open(owner)) {
            Optional<Word> transaction =
                    new Registration(
                                    ledger.nameId(),
                                    period.toMillis(),
                                    limitPerPeriod,
                                    limitForLife)
                            .bring(contract, owner.account());
            output.print(
                    spec,
                    new Registered(
                            ledger.dataset(),
                            owner.account(),
                            RoomDigests.dataset(owner.account(), ledger.nameId()),
                            transaction));
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new CommandLine.ParameterException(spec.commandLine(), rule);
        }
    }

    private record Registered(String dataset, Account owner, Word id, Optional<Word> transaction)
            implements Printable {

        @Override
        public List<String> lines() {
            return List.of(
                    String.format(
                            "data set %s of %s is registered: transaction %s",
                            dataset,
                            owner,
                            transaction.map(Word::toString).orElse("none, it stood before")),
                    "id " + id);
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("dataset", dataset)
                    .put("owner", owner.hex())
                    .put("id", id.toString())
                    .put("transaction", transaction.map(Word::toString).orElse(null));
        }
    }
}
