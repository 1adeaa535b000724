package io.sealroom.local.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A job that should run.
 *
 * @param name as its main names it
 * @param mainClass in the jar
 * @param arguments of the main class
 * @param parallelism to run with
 * @param state directory of its checkpoints and savepoints, of all its lives
 * @param options further keys of its configuration
 */
record JobSpec(
        String name,
        String mainClass,
        List<String> arguments,
        int parallelism,
        Path state,
        Map<String, String> options) {

    private static final String METADATA = "_metadata";
    private static final int DEPTH = 4;

    JobSpec withParallelism(int value) {
        return new JobSpec(name, mainClass, arguments, value, state, options);
    }

    /** The body of the request that runs it, going on from the newest state on disk. */
    Map<String, Object> submission() throws IOException {
        Map<String, String> configuration = new HashMap<>(options);
        configuration.put(
                "execution.checkpointing.dir", state.resolve("checkpoints").toUri().toString());
        Map<String, Object> request = new HashMap<>();
        request.put("entryClass", mainClass);
        request.put("programArgsList", arguments);
        request.put("parallelism", parallelism);
        request.put("flinkConfiguration", configuration);
        newest().ifPresent(path -> request.put("savepointPath", path.toUri().toString()));
        return request;
    }

    /** The body of the request for a savepoint that ends it. */
    Map<String, Object> savepoint() {
        return Map.of(
                "target-directory",
                state.resolve("savepoints").toUri().toString(),
                "cancel-job",
                true);
    }

    /** Checkpoint or savepoint that was completed last: its metadata file is written last. */
    Optional<Path> newest() throws IOException {
        if (!Files.isDirectory(state)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(state, DEPTH)) {
            return files.filter(file -> file.endsWith(METADATA))
                    .max(Comparator.comparing(JobSpec::written))
                    .map(Path::getParent);
        } catch (UncheckedIOException e) {
            // One that has been replaced by a newer one went away while we looked.
            throw e.getCause();
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
