package io.sealroom.cli.budget;

import io.sealroom.cli.AccountConverter;
import io.sealroom.cli.RefusedException;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.chain.EndpointOptions;
import io.sealroom.cli.chain.SenderOptions;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomLookup;
import io.sealroom.contracts.Word;
import java.io.IOException;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which data set of which ledger is meant; whoever sends owns it. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before a command runs.
final class LedgerOptions {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");

    @Mixin private EndpointOptions endpointOptions;

    @Option(
            names = "--ledger",
            required = true,
            paramLabel = "ADDRESS",
            converter = AccountConverter.class,
            description = "Address of the BudgetLedger, as in the policy.")
    private Account ledger;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            description = "Name of the data set, as in the policy.")
    private String dataset;

    @Mixin private SenderOptions sender;

    String dataset() {
        return dataset;
    }

    /** What the contract knows the name by. */
    Word nameId() {
        return RoomDigests.id(dataset);
    }

    ChainSigner signer() {
        return sender.signer();
    }

    void requireName(CommandSpec spec) {
        if (!NAME.matcher(dataset).matches()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--dataset must be of the form " + NAME);
        }
    }

    /**
     * The ledger, for the owner to send to.
     *
     * @throws RefusedException if there is none at the address
     */
    LedgerContract open(ChainSigner owner) throws IOException {
        Endpoint endpoint = endpointOptions.endpoint();
        try (RoomLookup lookup = endpoint.lookup()) {
            LedgerContract contract = endpoint.ledger(lookup.chainId(), ledger, owner);
            try {
                contract.verify();
                return contract;
            } catch (IOException | RuntimeException e) {
                contract.close();
                throw e;
            }
        }
    }
}
