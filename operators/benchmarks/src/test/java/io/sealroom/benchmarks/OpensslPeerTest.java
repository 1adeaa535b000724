package io.sealroom.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpensslPeerTest {

    @Test
    void perSecond_outputOfOpenssl3_isTheFourthField() throws IOException {
        List<String> lines =
                List.of(
                        "version: 3.0.19",
                        "+DTP:256:ecdh:nistp256:1",
                        "+F5:3:256:31653.000000:0.000032");

        assertThat(OpensslPeer.perSecond(lines)).isEqualTo(31653.0);
    }

    @Test
    void perSecond_anythingElse_isRefused() {
        for (String line :
                List.of("", "+F5:3:521:100.0:0.01", "+F4:3:256:100.0:0.01", "+F5:3:256:fast:0")) {
            assertThatIOException()
                    .isThrownBy(() -> OpensslPeer.perSecond(List.of(line)))
                    .withMessage("openssl speed gave no line +F5 for 256 bits");
        }
    }
}
