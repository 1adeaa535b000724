package io.sealroom.cli.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.PolicyOptions;
import io.sealroom.cli.Printable;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.chain.EndpointOptions;
import io.sealroom.cli.chain.RoomOptions;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom room close}. */
@Command(
        name = "close",
        description = {
            "Ends a partner's participation, and with it the room.",
            "",
            "From an epoch that has not begun: windows before it are still released. It cannot be"
                    + " taken back. What is signed elsewhere takes its time, so that --print-digest"
                    + " and --signature need --epoch.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class CloseCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Mixin private PolicyOptions policyOptions;

    @Mixin private EndpointOptions endpointOptions;

    @Mixin private RoomOptions roomOptions;

    @Mixin private SeatOptions seatOptions;

    @Option(
            names = "--epoch",
            paramLabel = "N",
            description =
                    "The first epoch without the partner (default: the next one, but not the"
                            + " room's first).")
    private @Nullable Long epochOption;

    @Mixin private SignatureOptions signatureOptions;

    @Mixin private OutputOptions output;

    @Override
    public void run() {
        if (epochOption == null && signatureOptions.elsewhere()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--print-digest and --signature need --epoch");
        }
        Policy policy = policyOptions.policy();
        Endpoint endpoint = endpointOptions.endpoint();
        Seat seat = seatOptions.seat(policy);
        long epoch =
                epochOption == null ? nextEpoch(policy, Instant.now().toEpochMilli()) : epochOption;
        try {
            PolicyRoom room =
                    PolicyRoom.require(
                            endpoint, roomOptions.contract(), roomOptions.fromBlock(), policy);
            try (PartnerActions actions =
                    PartnerActions.connect(endpoint, room, seat, seatOptions.payer(seat))) {
                output.print(
                        spec,
                        signatureOptions.printDigest()
                                ? toSign(room, seat, actions, epoch)
                                : close(endpoint, room, seat, actions, epoch));
            }
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }

    /** The first that a partner can leave from and still be in the room. */
    static long nextEpoch(Policy policy, long now) {
        return Math.max(policy.epochOf(now), policy.firstEpoch()) + 1;
    }

    private static Printable toSign(
            PolicyRoom room, Seat seat, PartnerActions actions, long epoch) {
        return new SignatureOptions.ToSign(
                actions.approver().hex(),
                actions.leaveDigest(epoch),
                TypedData.leave(room.location(), seat.partner().name(), epoch));
    }

    private Printable close(
            Endpoint endpoint, PolicyRoom room, Seat seat, PartnerActions actions, long epoch)
            throws IOException {
        Signature signature = signatureOptions.signature(actions, actions.leaveDigest(epoch));
        Optional<Word> transaction = actions.leave(epoch, signature);
        try (RoomContract contract = endpoint.room(room.location())) {
            return new Closed(seat.partner().name(), epoch, contract.closesAt(), transaction);
        }
    }

    private record Closed(String partner, long epoch, long closesAt, Optional<Word> transaction)
            implements Printable {

        @Override
        public List<String> lines() {
            return List.of(
                    String.format(
                            "%s leaves from epoch %d: %s",
                            partner,
                            epoch,
                            transaction
                                    .map(hash -> "transaction " + hash)
                                    .orElse("it stood before, or the room closes no later anyway")),
                    "the room closes at " + Instant.ofEpochMilli(closesAt));
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("partner", partner)
                    .put("epoch", epoch)
                    .put("closesAt", Instant.ofEpochMilli(closesAt).toString())
                    .put("transaction", transaction.map(Word::toString).orElse(null));
        }
    }
}
