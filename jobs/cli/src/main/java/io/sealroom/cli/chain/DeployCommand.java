package io.sealroom.cli.chain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.Printable;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainDeployer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sealroom chain deploy}. */
@Command(
        name = "deploy",
        description = {
            "Deploys a RoomFactory and a BudgetLedger.",
            "",
            "The factory is printed even if its ledger then fails (exit code 3).",
            "",
            "Once per chain: rooms share them, and whoever deploys keeps no power over them. The"
                    + " ledger's address goes into policies, the factory's to 'sealroom room"
                    + " create'.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class DeployCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Mixin private EndpointOptions endpoint;

    @Mixin private SenderOptions sender;

    @Mixin private OutputOptions output;

    @Override
    public void run() {
        try (ChainDeployer deployer = endpoint.endpoint().deployer(sender.signer())) {
            ChainDeployer.Deployment factory = deployer.deployFactory();
            Optional<Account> ledger = Optional.empty();
            try {
                ledger = Optional.of(deployer.deployLedger(factory.contract()).contract());
            } finally {
                output.print(
                        spec,
                        new Deployed(
                                deployer.chainId(), factory.contract(), ledger, factory.block()));
            }
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }

    /**
     * What stands on the chain now.
     *
     * @param ledger empty if nothing is known of it
     */
    private record Deployed(long chainId, Account factory, Optional<Account> ledger, long block)
            implements Printable {

        @Override
        public List<String> lines() {
            return List.of(
                    "chain id  " + chainId,
                    "factory   " + factory,
                    "ledger    " + ledger.map(Account::hex).orElse("NOT deployed, or not yet"),
                    "block     " + block);
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("chainId", chainId)
                    .put("factory", factory.hex())
                    .put("ledger", ledger.map(Account::hex).orElse(null))
                    .put("block", block);
        }
    }
}
