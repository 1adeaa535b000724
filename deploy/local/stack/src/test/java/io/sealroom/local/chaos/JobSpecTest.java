package io.sealroom.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSpecTest {

    private final Path state;

    JobSpecTest(@TempDir Path state) {
        this.state = state;
    }

    @Test
    void newest_nothingWritten_isNone() throws IOException {
        assertThat(spec().newest()).isEmpty();
        assertThat(spec().submission()).doesNotContainKey("savepointPath");
    }

    @Test
    void newest_checkpointsOfTwoLivesAndSavepoint_isTheLastCompleted() throws IOException {
        completed("checkpoints/life-one/chk-7", 1);
        Path savepoint = completed("savepoints/savepoint-1", 2);
        assertThat(spec().newest()).contains(savepoint);
        Path later = completed("checkpoints/life-two/chk-8", 3);
        assertThat(spec().newest()).contains(later);
        assertThat(spec().submission()).containsEntry("savepointPath", later.toUri().toString());
    }

    @Test
    void newest_checkpointWithoutMetadata_isPassedOver() throws IOException {
        Path complete = completed("checkpoints/life/chk-1", 1);
        Files.createDirectories(state.resolve("checkpoints/life/chk-2"));
        assertThat(spec().newest()).contains(complete);
    }

    private Path completed(String directory, long second) throws IOException {
        Path path = Files.createDirectories(state.resolve(directory));
        Path metadata = Files.createFile(path.resolve("_metadata"));
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(second * 1_000));
        return path;
    }

    private JobSpec spec() {
        return new JobSpec("job", "Main", List.of(), 2, state, Map.of());
    }
}
