package io.sealroom.local.agents;

import io.sealroom.local.stack.LocalRoom;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.oprf.BlindedBatch;
import io.sealroom.privacy.oprf.Evaluation;
import io.sealroom.privacy.oprf.KeyShare;
import io.sealroom.privacy.oprf.OprfInput;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.SeedStore;
import io.sealroom.privacy.oprf.TokensOutcome;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.privacy.oprf.VoprfRequester;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the suppliers' files become, with tokens made in this process from everybody's seeds. */
final class ExpectedEvents {

    private final Map<String, Map<EventId, Token>> events = new HashMap<>();

    private ExpectedEvents() {}

    static ExpectedEvents of(LocalRoom room, Map<String, Path> inputs) throws IOException {
        IdentifierNormaliser normaliser = IdentifierNormaliser.forRegion(room.policy().region());
        Map<String, Token> tokens = new HashMap<>();
        ExpectedEvents expected = new ExpectedEvents();
        for (Map.Entry<String, Path> input : inputs.entrySet()) {
            EventIdKey ids =
                    new EventIdKey(
                            io.sealroom.privacy.secret.PartnerKeys.read(
                                            room.partnerKeys(input.getKey()))
                                    .eventKey());
            List<String[]> rows =
                    Files.readAllLines(input.getValue()).stream()
                            .skip(1)
                            .map(row -> row.split(",", -1))
                            .toList();
            List<String> unknown =
                    rows.stream()
                            .map(row -> row[2])
                            .distinct()
                            .filter(identifier -> !tokens.containsKey(identifier))
                            .toList();
            tokens.putAll(tokens(room, normaliser, unknown));
            Map<EventId, Token> own = new HashMap<>();
            rows.forEach(row -> own.put(ids.derive(row[0]).orElseThrow(), tokens.get(row[2])));
            expected.events.put(input.getKey(), own);
        }
        return expected;
    }

    private static Map<String, Token> tokens(
            LocalRoom room, IdentifierNormaliser normaliser, List<String> identifiers)
            throws IOException {
        Policy policy = room.policy();
        long epoch = policy.firstEpoch();
        List<OprfInput> inputs =
                identifiers.stream()
                        .map(text -> normaliser.normalise(IdentifierKind.EMAIL, text))
                        .map(outcome -> normalised(outcome))
                        .map(identifier -> OprfInput.of(policy.room(), epoch, identifier))
                        .toList();
        VoprfRequester requester = new VoprfRequester();
        BlindedBatch batch = requester.blind(inputs);
        List<KeyShare> shares = new ArrayList<>();
        for (Partner partner : policy.partners()) {
            shares.add(
                    SeedStore.open(room.partnerSeed(partner.name()), partner.name(), policy)
                            .keys()
                            .share(epoch)
                            .orElseThrow());
        }
        List<Evaluation> evaluations =
                shares.stream()
                        .map(share -> new VoprfEvaluator(share).evaluate(batch.elements()))
                        .toList();
        PartnerKeys keys =
                PartnerKeys.of(shares.stream().map(KeyShare::publicKey).toList()).orElseThrow();
        TokensOutcome outcome = requester.tokens(batch, keys, evaluations);
        Map<String, Token> tokens = new HashMap<>();
        for (int i = 0; i < identifiers.size(); i++) {
            tokens.put(identifiers.get(i), ((TokensOutcome.Tokens) outcome).tokens().get(i));
        }
        return tokens;
    }

    private static NormalisedIdentifier normalised(NormalisationOutcome outcome) {
        return ((NormalisationOutcome.Normalised) outcome).identifier();
    }

    /** Token by event id of one supplier. */
    Map<EventId, Token> of(String supplier) {
        return events.getOrDefault(supplier, Map.of());
    }
}
