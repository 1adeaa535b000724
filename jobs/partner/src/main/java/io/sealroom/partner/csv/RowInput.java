package io.sealroom.partner.csv;

import io.sealroom.partner.exit.AgentException;

/** A partner's events that have an end: all of them are read before the first is sent. */
public interface RowInput {

    /**
     * Looks at the beginning only, and consumes nothing.
     *
     * @throws AgentException if it cannot be read, or is of another form
     */
    void requireUsable() throws AgentException;

    /**
     * Hands every record over, in order.
     *
     * @throws AgentException if it cannot be read, or is of another form
     */
    void read(RowIntake intake) throws AgentException;
}
