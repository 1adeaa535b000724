package io.sealroom.partner.config;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an agent's events come from. */
public sealed interface InputConfig {

    /** Where what became no event is listed; nothing without an input. */
    Optional<Path> rejects();

    /** The file that is read; nothing for other inputs. */
    default Optional<Path> file() {
        return Optional.empty();
    }

    /** A partner that only evaluates. */
    record None() implements InputConfig {

        @Override
        public Optional<Path> rejects() {
            return Optional.empty();
        }
    }

    /** A CSV file. */
    record Csv(Path csv, Path rejectsFile) implements InputConfig {

        @Override
        public Optional<Path> rejects() {
            return Optional.of(rejectsFile);
        }

        @Override
        public Optional<Path> file() {
            return Optional.of(csv);
        }
    }

    /**
     * JSON lines.
     *
     * @param lines a file; null for standard input
     */
    record JsonLines(@Nullable Path lines, Path rejectsFile) implements InputConfig {

        @Override
        public Optional<Path> rejects() {
            return Optional.of(rejectsFile);
        }

        @Override
        public Optional<Path> file() {
            return Optional.ofNullable(lines);
        }
    }

    /**
     * A raw topic in the partner's own cluster.
     *
     * @param group that offsets are committed under
     */
    record Topic(KafkaCluster cluster, String name, String group, Path rejectsFile)
            implements InputConfig {

        @Override
        public Optional<Path> rejects() {
            return Optional.of(rejectsFile);
        }
    }
}
