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
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sealroom room reveal}. */
@Command(
        name = "reveal",
        description = {
            "Shows a partner's OPRF public keys to the room, each with a proof of possession.",
            "",
            "Once every partner's approval is final: until then nobody may see another's keys, and"
                    + " one that is not final could be taken back (exit code 3, with how long to"
                    + " wait). The room is active when all have revealed.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class RevealCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Mixin private PolicyOptions policyOptions;

    @Mixin private EndpointOptions endpointOptions;

    @Mixin private ChainIdOption chainIdOption;

    @Mixin private RoomOptions roomOptions;

    @Mixin private SeatOptions seatOptions;

    @Mixin private OutputOptions output;

    @Override
    public void run() {
        Policy policy = policyOptions.policy();
        Endpoint endpoint = endpointOptions.endpoint();
        Seat seat = seatOptions.seat(policy);
        try {
            chainIdOption.require(endpoint);
            PolicyRoom room =
                    PolicyRoom.require(
                            endpoint, roomOptions.contract(), roomOptions.fromBlock(), policy);
            try (PartnerActions actions =
                            PartnerActions.connect(endpoint, room, seat, seatOptions.payer(seat));
                    RoomContract contract = endpoint.room(room.location())) {
                actions.requireBoundToTheseKeys();
                Approvals.requireFinal(contract, room);
                Optional<Word> transaction = actions.reveal();
                output.print(
                        spec,
                        new Revealed(
                                seat.partner().name(),
                                room.location().chainId(),
                                room.epochs(),
                                transaction,
                                contract.active()));
            }
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }

    private record Revealed(
            String partner, long chainId, long keys, Optional<Word> transaction, boolean active)
            implements Printable {

        @Override
        public List<String> lines() {
            return List.of(
                    String.format(
                            "%s revealed %d keys on chain %d: %s",
                            partner,
                            keys,
                            chainId,
                            transaction
                                    .map(hash -> "transaction " + hash)
                                    .orElse("they stood before")),
                    active
                            ? "the room is active; next: 'sealroom room show --out room.json'"
                            : "the room waits for other partners' keys");
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("partner", partner)
                    .put("chainId", chainId)
                    .put("keys", keys)
                    .put("transaction", transaction.map(Word::toString).orElse(null))
                    .put("active", active);
        }
    }
}
