package io.sealroom.partner.seal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.partner.durable.DurableFile;
import io.sealroom.schemas.hash.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the seals of the current step on disk, so that after a crash between two sends the same
 * bytes are sent again. A new step replaces the last: by then all of its seals were read back.
 *
 * <p>Re-anchoring seals have a file of their own: a step that was begun before is finished
 * afterwards, in the partitions that were not damaged.
 */
public final class SealStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path steps;
    private final Path reanchoring;

    /**
     * @param directory exists
     */
    public SealStore(Path directory) {
        this.steps = directory.resolve("seals.json");
        this.reanchoring = directory.resolve("reanchor.json");
    }

    /** Returns when the step would survive a loss of power. */
    public void store(StoredStep step) throws IOException {
        write(steps, step);
    }

    /**
     * As {@link #store}, for a re-anchoring: seals of the partitions that need one, in rising
     * order, from the earliest of their beginnings to the latest of their ends.
     */
    public void storeReanchoring(StoredStep seals) throws IOException {
        write(reanchoring, seals);
    }

    private static void write(Path file, StoredStep step) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("from", step.from()).put("to", step.to());
        ArrayNode seals = root.putArray("seals");
        step.seals().forEach(seal -> seals.add(seal.toHex()));
        DurableFile.write(file, JSON.writeValueAsBytes(root));
    }

    /**
     * The step stored last; nothing before the first.
     *
     * @throws IOException if the file cannot be read or is not a stored step
     */
    public Optional<StoredStep> load() throws IOException {
        return read(steps);
    }

    /**
     * The re-anchoring stored last, whether or not it was sent; nothing before the first.
     *
     * @throws IOException if the file cannot be read or is not a stored re-anchoring
     */
    public Optional<StoredStep> loadReanchoring() throws IOException {
        return read(reanchoring);
    }

    private static Optional<StoredStep> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            List<Bytes> seals = new ArrayList<>();
            root.required("seals").forEach(seal -> seals.add(Bytes.fromHex(seal.textValue())));
            return Optional.of(
                    new StoredStep(
                            root.required("from").longValue(),
                            root.required("to").longValue(),
                            seals));
        } catch (JacksonException | RuntimeException e) {
            throw new IOException("not stored seals: " + file, e);
        }
    }
}
