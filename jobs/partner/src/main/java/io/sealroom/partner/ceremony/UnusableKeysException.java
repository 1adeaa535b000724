package io.sealroom.partner.ceremony;

import io.sealroom.privacy.oprf.EncodingRefusal;

/** The partners' keys of one epoch would make a joint key that somebody knows. */
public final class UnusableKeysException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableKeysException(long epoch, EncodingRefusal reason) {
        super(String.format("the keys of epoch %d cannot be used together: %s", epoch, reason));
    }
}
