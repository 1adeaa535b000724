package io.sealroom.local.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void free_always_isBelowThePortsOfOutgoingConnections() {
        assertThat(Ports.free()).isBetween(20_000, 31_999);
    }

    @Test
    void isFree_portInUse_isFalseUntilReleased() throws IOException {
        int port = Ports.free();
        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(server.getLocalPort())).isFalse();
        }
        assertThat(Ports.isFree(port)).isTrue();
    }
}
