package io.sealroom.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code openssl speed ecdhp256}: one product of a secret and a foreign point, in assembly. */
final class OpensslPeer {

    private static final Pattern ECDH_P256 = Pattern.compile("\\+F5:\\d+:256:(\\d+\\.?\\d*):.*");

    private final int seconds;

    /**
     * @param seconds for which a round lasts, at least 1
     */
    OpensslPeer(int seconds) {
        this.seconds = seconds;
    }

    /**
     * Operations per second of user CPU time, as openssl counts them.
     *
     * @throws IOException if it cannot be run or answers something else
     */
    double perSecond() throws IOException {
        List<String> lines =
                PeerProcess.lines("openssl", "speed", "-mr", "-seconds", "" + seconds, "ecdhp256");
        return perSecond(lines);
    }

    /** From the line {@code +F5:index:bits:operations per second:seconds per operation}. */
    static double perSecond(List<String> lines) throws IOException {
        for (String line : lines) {
            Matcher matcher = ECDH_P256.matcher(line);
            if (matcher.matches()) {
                return Double.parseDouble(matcher.group(1));
            }
        }
        throw new IOException("openssl speed gave no line +F5 for 256 bits");
    }
}
