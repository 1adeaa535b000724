package io.sealroom.partner.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

    /** Closing any channel to the file drops every lock that the process has on it. */
    @Test
    void open_refusedInTheSameProcess_leavesTheLockToItsHolder(@TempDir Path base)
            throws Exception {
        try (StateDirectory first = StateDirectory.open(base, "room", "publisher")) {
            assertThatThrownBy(() -> StateDirectory.open(base, "room", "publisher"))
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("used by another agent");
            assertThatThrownBy(() -> StateDirectory.requireFree(base, "room", "publisher"))
                    .isInstanceOf(AgentException.class);

            assertThat(isFreeForAnotherProcess(first.path().resolve("lock"))).isFalse();
        }
        StateDirectory.requireFree(base, "room", "publisher");
        try (StateDirectory again = StateDirectory.open(base, "room", "publisher")) {
            assertThat(again.path()).isDirectory();
        }
    }

    @Test
    void requireFree_nothingThere_leavesNothing(@TempDir Path base) throws Exception {
        StateDirectory.requireFree(base, "room", "publisher");

        assertThat(Files.exists(base.resolve("room"))).isFalse();
    }

    private static boolean isFreeForAnotherProcess(Path lock) throws Exception {
        Path classes =
                Path.of(
                        LockProbe.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Process probe =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                classes.toString(),
                                LockProbe.class.getName(),
                                lock.toString())
                        .start();
        try {
            assertThat(probe.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(probe.exitValue()).isIn(0, 1);
            return probe.exitValue() == 0;
        } finally {
            probe.destroyForcibly();
        }
    }
}
