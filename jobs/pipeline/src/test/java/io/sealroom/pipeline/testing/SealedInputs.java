package io.sealroom.pipeline.testing;

import io.sealroom.schemas.hash.ChainHead;
import java.util.List;

/** What the noise of a window is made from, as the partners know it. */
public interface SealedInputs {

    /**
     * Count and chain head that the partner's seals with this end state, by partition.
     *
     * @param end window end, epoch milliseconds
     */
    List<ChainHead> closing(String partner, long end);

    /** The partner's noise share of a window, 32 bytes. */
    byte[] share(String partner, long start, long end);
}
