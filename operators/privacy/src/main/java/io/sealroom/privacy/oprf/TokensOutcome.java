package io.sealroom.privacy.oprf;

import io.sealroom.schemas.record.Token;
import java.util.List;

/** The end of one batch: its tokens, or the first partner whose answer does not hold. */
public sealed interface TokensOutcome {

    /**
     * @param tokens one for each input, in the order of the inputs
     */
    record Tokens(List<Token> tokens) implements TokensOutcome {
        public Tokens {
            tokens = List.copyOf(tokens);
        }

        @Override
        public String toString() {
            return "Tokens[" + tokens.size() + ", redacted]";
        }
    }

    /**
     * @param partnerIndex whose answer it is, in the order of the {@link PartnerKeys}
     */
    record Refused(int partnerIndex, EvaluationRefusal reason) implements TokensOutcome {}
}
