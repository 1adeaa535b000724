package io.sealroom.cli.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.AccountConverter;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.PolicyOptions;
import io.sealroom.cli.Printable;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.chain.EndpointOptions;
import io.sealroom.cli.chain.SenderOptions;
import io.sealroom.contracts.Account;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom room create}. */
@Command(
        name = "create",
        description = {
            "Creates a policy's Room.",
            "",
            "All of its configuration comes from the policy. Nothing is sent unless the policy's"
                    + " ledger is one of the factory's rooms and the factory takes the"
                    + " configuration. Whoever creates a room keeps no power over it: what counts"
                    + " are the partners' approvals. A data set that is not registered yet is"
                    + " warned of, with the command that registers it.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class CreateCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Mixin private PolicyOptions policy;

    @Mixin private EndpointOptions endpoint;

    @Option(
            names = "--factory",
            required = true,
            paramLabel = "ADDRESS",
            converter = AccountConverter.class,
            description = "Address of the RoomFactory, from a source you trust.")
    private Account factory;

    @Mixin private SenderOptions sender;

    @Mixin private OutputOptions output;

    @Override
    public void run() {
        try {
            RoomCreation created =
                    RoomCreation.create(
                            endpoint.endpoint(), factory, policy.policy(), sender.signer());
            output.print(spec, new Printed(created));
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }

    private record Printed(RoomCreation created) implements Printable {

        @Override
        public List<String> lines() {
            List<String> lines =
                    new ArrayList<>(
                            List.of(
                                    "contract       " + created.location().contract(),
                                    "chain id       " + created.location().chainId(),
                                    "block          " + created.block(),
                                    "policy hash    " + created.location().policyHash(),
                                    "configuration  " + created.configurationHash()));
            created.warnings().forEach(warning -> lines.add("warning: " + warning));
            return lines;
        }

        @Override
        public ObjectNode json() {
            ObjectNode node =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("contract", created.location().contract().hex())
                            .put("chainId", created.location().chainId())
                            .put("block", created.block())
                            .put("policyHash", created.location().policyHash().toString())
                            .put("configurationHash", created.configurationHash().toString());
            created.warnings().forEach(node.putArray("warnings")::add);
            return node;
        }
    }
}
