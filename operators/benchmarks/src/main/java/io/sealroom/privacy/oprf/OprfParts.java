package io.sealroom.privacy.oprf;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the benchmark measures or needs beside the public interface: the map to the curve on its
 * own, shares without a policy, inputs without a normaliser. Lives in this package for that, in a
 * module that nothing is shipped from.
 */
public final class OprfParts {

    private OprfParts() {}

    /** As many points as there are messages. */
    public static int hashToCurve(List<byte[]> messages) {
        return OprfSuite.VOPRF.hashToGroup(messages).size();
    }

    public static KeyShare randomShare(SecureRandom random) {
        return new KeyShare(SecretScalar.random(random));
    }

    public static OprfInput input(byte[] message) {
        return OprfInput.ofBytes(message, 0);
    }

    /** Random messages of the length of a real input. */
    public static List<byte[]> messages(int count, SecureRandom random) {
        return Stream.generate(() -> new byte[96]).limit(count).peek(random::nextBytes).toList();
    }
}
