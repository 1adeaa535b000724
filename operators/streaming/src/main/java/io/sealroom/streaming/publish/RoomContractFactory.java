package io.sealroom.streaming.publish;

import io.sealroom.contracts.RoomContract;
import java.io.IOException;
import java.io.Serializable;

/**
 * Opens the connection to the contract where it is used. Travels inside the job graph, so it holds
 * names and references (url, path of a key file), never a secret or a connection.
 */
@FunctionalInterface
public interface RoomContractFactory extends Serializable {

    /**
     * A connection of the caller's own, which closes it. Does not wait for the endpoint.
     *
     * @throws IOException if something local is missing, such as a key file
     */
    RoomContract open() throws IOException;
}
