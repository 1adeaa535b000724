package io.sealroom.streaming.publish;

import io.sealroom.contracts.ChainSigner;
import java.io.IOException;
import java.io.Serializable;

/**
 * Where a node finds its chain key at run time. The reference travels in the job graph, the key
 * never.
 */
@FunctionalInterface
public interface NodeKey extends Serializable {

    /**
     * @throws IOException if there is no key; the message does not say its value
     */
    ChainSigner load() throws IOException;
}
