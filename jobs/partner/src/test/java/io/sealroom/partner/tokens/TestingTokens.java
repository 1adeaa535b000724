package io.sealroom.partner.tokens;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Answers everything until it is told to fail, and writes down what was asked. */
public final class TestingTokens implements TokenSource {

    private final List<List<NormalisedIdentifier>> asked = new ArrayList<>();
    private int callsLeft = Integer.MAX_VALUE;

    /** The groups, those that failed included. */
    public List<List<NormalisedIdentifier>> asked() {
        return asked;
    }

    /** As a kill would, in the middle of the call after so many. */
    public void failAfter(int calls) {
        callsLeft = calls;
    }

    @Override
    public Map<NormalisedIdentifier, Token> tokens(
            long epoch, List<NormalisedIdentifier> identifiers, IntConsumer progress)
            throws AgentException {
        asked.add(List.copyOf(identifiers));
        progress.accept(identifiers.size() / 2);
        if (callsLeft-- <= 0) {
            throw AgentException.unavailable(null, "killed");
        }
        progress.accept(identifiers.size());
        return TokenFixture.tokens(epoch, identifiers);
    }
}
