package io.sealroom.privacy.oprf;

import io.sealroom.schemas.record.Token;
import java.math.BigInteger;
import java.util.List;

/**
 * What the RFC's protocol between two gives for the sum of several partners' shares. In this
 * package, since no other one may add up secret keys.
 */
public final class JointKey {

    private JointKey() {}

    /**
     * @param partners keys of all partners of a room
     */
    public static Token token(List<EpochKeys> partners, OprfInput input) {
        BigInteger sum =
                partners.stream()
                        .map(keys -> keys.share(input.epoch()).orElseThrow().secret().openSecret())
                        .reduce(BigInteger.ZERO, BigInteger::add)
                        .mod(P256.ORDER);
        KeyShare joint = new KeyShare(SecretScalar.of(sum));
        PartnerKeys keys = PartnerKeys.of(List.of(joint.publicKey())).orElseThrow();
        VoprfRequester requester = new VoprfRequester();
        BlindedBatch batch = requester.blind(List.of(input));
        Evaluation evaluation = new VoprfEvaluator(joint).evaluate(batch.elements());
        TokensOutcome outcome = requester.tokens(batch, keys, List.of(evaluation));
        return ((TokensOutcome.Tokens) outcome).tokens().get(0);
    }
}
