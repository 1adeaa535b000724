package io.sealroom.streaming.release;

import io.sealroom.privacy.noise.NoiseShare;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.release.TotalsEntry;
import java.util.List;

/**
 * The checked inputs of one window, one entry for each supplying partner in policy order.
 *
 * @param heads count and head that the seal closing the window states, for every partition rising
 * @param shares noise shares
 * @param totals signed totals commitments
 */
record WindowInputs(List<List<ChainHead>> heads, List<NoiseShare> shares, List<TotalsEntry> totals)
        implements WindowOutcome {

    WindowInputs {
        heads = heads.stream().map(List::copyOf).toList();
        shares = List.copyOf(shares);
        totals = List.copyOf(totals);
    }
}
