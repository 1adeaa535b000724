package io.sealroom.schemas.policy;

import io.sealroom.schemas.hash.Address;

/**
 * A partner of the room.
 *
 * @param name names its topics
 * @param address of its chain key
 * @param partitions of its events topic; 0 for a partner that only evaluates
 */
public record Partner(String name, Address address, int partitions) {

    /** Whether it has an events topic, and so seals, verdicts and totals. */
    public boolean supplies() {
        return partitions > 0;
    }
}
