package io.sealroom.local.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds TCP ports that nobody listens on.
 *
 * <p>From 20000 to 31999, below the range the kernel hands to outgoing connections (32768 on
 * Linux). A port from that range, as {@code new ServerSocket(0)} gives, can be taken by any client
 * between the question and the use; and a client that retries a stopped server on its own machine
 * may be given the server's port as its own and connect to itself, after which the server cannot
 * come back.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int TRIES = 1_000;

    private Ports() {}

    /**
     * A port free on the loopback address right now. Nothing is reserved: use it soon.
     *
     * @throws IllegalStateException if no free one is found
     */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                String.format("no free port from %d to %d in %d tries", FIRST, END - 1, TRIES));
    }

    /** Whether a server could listen on this port of the loopback address right now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
