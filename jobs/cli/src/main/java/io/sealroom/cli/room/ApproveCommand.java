package io.sealroom.cli.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.PolicyOptions;
import io.sealroom.cli.Printable;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.chain.ChainIdOption;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.chain.EndpointOptions;
import io.sealroom.cli.chain.RoomOptions;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom room approve}. */
@Command(
        name = "approve",
        description = {
            "Approves a room for a partner.",
            "",
            "Refuses (exit code 1) a room that is not exactly the policy's, naming each field that"
                    + " differs. The approval binds the partner to its OPRF keys of all epochs,"
                    + " which 'sealroom room reveal' shows later. If the approver's key is here,"
                    + " the room is also allowed to spend of the partner's data set: what all its"
                    + " epochs cost, or --allowance; an allowance that stands is left alone unless"
                    + " --allowance is given. The data set must be registered for that.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class ApproveCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Mixin private PolicyOptions policyOptions;

    @Mixin private EndpointOptions endpointOptions;

    @Mixin private ChainIdOption chainIdOption;

    @Mixin private RoomOptions roomOptions;

    @Mixin private SeatOptions seatOptions;

    @Option(
            names = "--allowance",
            paramLabel = "MICRO-RHO",
            description = "What the room may spend of the data set in all.")
    private @Nullable Long allowance;

    @Mixin private SignatureOptions signatureOptions;

    @Mixin private OutputOptions output;

    @Override
    public void run() {
        if (allowance != null && allowance < 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--allowance must not be negative");
        }
        Policy policy = policyOptions.policy();
        Endpoint endpoint = endpointOptions.endpoint();
        Seat seat = seatOptions.seat(policy);
        try {
            chainIdOption.require(endpoint);
            PolicyRoom room =
                    PolicyRoom.require(
                            endpoint, roomOptions.contract(), roomOptions.fromBlock(), policy);
            try (PartnerActions actions =
                    PartnerActions.connect(endpoint, room, seat, seatOptions.payer(seat))) {
                output.print(
                        spec,
                        signatureOptions.printDigest()
                                ? toSign(room, actions)
                                : approve(room, seat, actions));
            }
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }

    private static Printable toSign(PolicyRoom room, PartnerActions actions) {
        return new SignatureOptions.ToSign(
                actions.approver().hex(),
                actions.approvalDigest(),
                TypedData.approval(
                        room.location(),
                        RoomDigests.configurationHash(room.configuration()),
                        actions.keysCommitment()));
    }

    private Printable approve(PolicyRoom room, Seat seat, PartnerActions actions)
            throws IOException {
        Word digest = actions.approvalDigest();
        Signature signature = signatureOptions.signature(actions, digest);
        // First, because it is what can fail, and without an approval nothing can be spent.
        Optional<Allowance> allowed =
                seat.partner().supplies() && actions.sign(digest).isPresent()
                        ? Optional.of(allow(room, seat, actions))
                        : Optional.empty();
        Optional<Word> transaction = actions.approve(signature);
        if (allowed.isEmpty() && seat.partner().supplies()) {
            output.warn(
                    spec,
                    String.format(
                            "the owner %s of data set %s still has to allow the room to spend of"
                                    + " it (%d micro-rho for all epochs): sealroom budget allow",
                            actions.approver(),
                            seat.partner().dataset(),
                            room.spending(seat.index())));
        }
        return new Approved(
                seat.partner().name(),
                room.location(),
                actions.keysCommitment(),
                transaction,
                allowed);
    }

    private Allowance allow(PolicyRoom room, Seat seat, PartnerActions actions) throws IOException {
        actions.requireRegistered();
        String dataset = String.valueOf(seat.partner().dataset());
        long standing = actions.allowance();
        if (allowance == null && standing != 0) {
            return new Allowance(dataset, standing, Optional.empty(), "stood before");
        }
        long amount = allowance == null ? room.spending(seat.index()) : allowance;
        String reason =
                allowance == null
                        ? String.format("what its %d epochs cost", room.epochs())
                        : "as --allowance says";
        return standing == amount
                ? new Allowance(dataset, amount, Optional.empty(), "stood before")
                : new Allowance(dataset, amount, actions.allow(amount), reason);
    }

    /**
     * What the room may spend.
     *
     * @param amount in all, micro-rho
     * @param transaction that set it; empty if it stood before
     * @param reason why this much
     */
    private record Allowance(
            String dataset, long amount, Optional<Word> transaction, String reason) {}

    private record Approved(
            String partner,
            RoomLocation location,
            Word keys,
            Optional<Word> transaction,
            Optional<Allowance> allowance)
            implements Printable {

        @Override
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add(
                    String.format(
                            "%s approved %s on chain %d: %s",
                            partner, location.contract(), location.chainId(), text(transaction)));
            lines.add("bound to its keys " + keys);
            allowance.ifPresent(
                    allowed ->
                            lines.add(
                                    String.format(
                                            "the room may spend %d micro-rho of %s (%s): %s",
                                            allowed.amount(),
                                            allowed.dataset(),
                                            allowed.reason(),
                                            text(allowed.transaction()))));
            lines.add("next: 'sealroom room reveal', once every partner's approval is final");
            return lines;
        }

        @Override
        public ObjectNode json() {
            ObjectNode node =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("partner", partner)
                            .put("contract", location.contract().hex())
                            .put("chainId", location.chainId())
                            .put("keys", keys.toString())
                            .put("transaction", transaction.map(Word::toString).orElse(null));
            allowance.ifPresent(
                    allowed ->
                            node.putObject("allowance")
                                    .put("dataset", allowed.dataset())
                                    .put("microRho", allowed.amount())
                                    .put(
                                            "transaction",
                                            allowed.transaction()
                                                    .map(Word::toString)
                                                    .orElse(null)));
            return node;
        }

        private static String text(Optional<Word> transaction) {
            return transaction.map(hash -> "transaction " + hash).orElse("it stood before");
        }
    }
}
