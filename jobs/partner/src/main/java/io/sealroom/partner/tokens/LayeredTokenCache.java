package io.sealroom.partner.tokens;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small fast cache before a large slow one; what is found in the second moves to the first. */
public final class LayeredTokenCache implements TokenCache {

    private final MemoryTokenCache near;
    private final TokenCache far;

    public LayeredTokenCache(MemoryTokenCache near, TokenCache far) {
        this.near = near;
        this.far = far;
    }

    @Override
    public Map<NormalisedIdentifier, Token> findAll(
            long epoch, Collection<NormalisedIdentifier> identifiers) {
        Map<NormalisedIdentifier, Token> found = new HashMap<>(near.findAll(epoch, identifiers));
        List<NormalisedIdentifier> missing =
                identifiers.stream().filter(identifier -> !found.containsKey(identifier)).toList();
        if (!missing.isEmpty()) {
            Map<NormalisedIdentifier, Token> more = far.findAll(epoch, missing);
            if (!more.isEmpty()) {
                near.store(epoch, more);
                found.putAll(more);
            }
        }
        return found;
    }

    /** In memory even if the disk refuses: this process at least does not ask again. */
    @Override
    public void store(long epoch, Map<NormalisedIdentifier, Token> tokens) throws IOException {
        near.store(epoch, tokens);
        far.store(epoch, tokens);
    }

    @Override
    public void forgetBefore(long epoch) {
        near.forgetBefore(epoch);
        far.forgetBefore(epoch);
    }
}
