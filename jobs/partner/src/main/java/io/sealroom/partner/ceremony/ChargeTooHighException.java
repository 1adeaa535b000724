package io.sealroom.partner.ceremony;

import java.math.BigInteger;

/** No Room can be created from the policy: a query costs more than the contract holds. */
public final class ChargeTooHighException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChargeTooHighException(String query, BigInteger charge, BigInteger chargeMax) {
        super(
                String.format(
                        "query %s: an epoch costs %d micro-rho, the contract holds at most %d: its"
                                + " epsilon must be smaller",
                        query, charge, chargeMax));
    }
}
