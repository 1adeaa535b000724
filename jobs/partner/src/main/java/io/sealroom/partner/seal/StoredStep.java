package io.sealroom.partner.seal;

import io.sealroom.schemas.hash.Bytes;
import java.util.List;

/**
 * The seals of one step, or of one re-anchoring, as they are or will be sent.
 *
 * @param from start of the first slice
 * @param to end of the last slice, exclusive
 * @param seals encoded records, by partition; of a re-anchoring only those that it has
 */
public record StoredStep(long from, long to, List<Bytes> seals) {

    public StoredStep {
        seals = List.copyOf(seals);
    }
}
