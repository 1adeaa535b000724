package io.sealroom.schemas.policy;

import java.util.List;

/** A policy file that is not a valid policy; the message lists every violation, one a line. */
public final class PolicyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final List<String> violations;

    public PolicyException(List<String> violations) {
        super(String.join(System.lineSeparator(), violations));
        this.violations = List.copyOf(violations);
    }

    public List<String> violations() {
        return violations;
    }
}
