package io.sealroom.partner.room;

import io.sealroom.privacy.secret.PartnerKeys;
import java.io.IOException;
import java.nio.file.Path;

/** Where a partner's keys are read from. */
public sealed interface KeySource {

    /**
     * @throws IOException if they cannot be read, or are not a partner's keys
     */
    PartnerKeys read() throws IOException;

    /** A key file, mode 600. */
    record InFile(Path file) implements KeySource {

        @Override
        public PartnerKeys read() throws IOException {
            return PartnerKeys.read(file);
        }
    }

    /**
     * An environment variable.
     *
     * @param variable its name
     * @param json what a key file holds
     */
    record InEnvironment(String variable, String json) implements KeySource {

        @Override
        public PartnerKeys read() throws IOException {
            return PartnerKeys.parse(variable, json);
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "InEnvironment[" + variable + ", redacted]";
        }
    }
}
