package io.sealroom.cli.budget;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.AccountConverter;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.Printable;
import io.sealroom.cli.WordConverter;
import io.sealroom.cli.chain.Actions;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.Word;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom budget allow}. */
@Command(
        name = "allow",
        description = {
            "Sets what a room may spend of a data set of the sender's.",
            "",
            "In all, and not per period. Lowered to what it has spent, the room spends no more, and"
                    + " the rest is free for other rooms.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class AllowCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Mixin private LedgerOptions ledger;

    @Option(
            names = {"--contract", "--room"},
            required = true,
            paramLabel = "ADDRESS",
            converter = AccountConverter.class,
            description = "Address of the Room.")
    private Account room;

    @Option(
            names = "--configuration",
            required = true,
            paramLabel = "HASH",
            converter = WordConverter.class,
            description =
                    "Hash of the room's configuration, as 'sealroom room create' and 'room show' print"
                            + " it: what is allowed is that room, not whatever stands at the address.")
    private Word configuration;

    @Option(
            names = "--allowance",
            required = true,
            paramLabel = "MICRO-RHO",
            description = "What it may spend.")
    private long allowance;

    @Mixin private OutputOptions output;

    @Override
    public void run() {
        ledger.requireName(spec);
        if (allowance < 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--allowance must not be negative");
        }
        ChainSigner owner = ledger.signer();
        try (LedgerContract contract = ledger.open(owner)) {
            Optional<Word> transaction =
                    Actions.require(
                            "allowance",
                            contract.allow(ledger.nameId(), room, configuration, allowance));
            output.print(spec, new Allowed(ledger.dataset(), room, allowance, transaction));
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }

    private record Allowed(String dataset, Account room, long allowance, Optional<Word> transaction)
            implements Printable {

        @Override
        public List<String> lines() {
            return List.of(
                    String.format(
                            "%s may spend %d micro-rho of %s: transaction %s",
                            room,
                            allowance,
                            dataset,
                            transaction.map(Word::toString).orElse("none, it stood before")));
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("dataset", dataset)
                    .put("contract", room.hex())
                    .put("allowance", allowance)
                    .put("transaction", transaction.map(Word::toString).orElse(null));
        }
    }
}
