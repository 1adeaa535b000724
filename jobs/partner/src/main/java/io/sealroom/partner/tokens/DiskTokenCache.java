package io.sealroom.partner.tokens;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps tokens over restarts, encrypted, in {@code DIR/<epoch>/}. Bounded by what fills it: nobody
 * has more tokens of an epoch than the quota lets through. 49 bytes an entry on disk, up to 80 in
 * memory. For one process at a time.
 *
 * <p>Killed at any moment it has lost the tokens of the last {@link #store} at most.
 */
public final class DiskTokenCache implements TokenCache, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskTokenCache.class);
    private static final String LAYER = "disk";
    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,18}");

    private final Path directory;
    private final CacheKeys keys;
    private final TokenMetrics metrics;
    private final SecureRandom random = new SecureRandom();
    private final TreeMap<Long, EpochSegments> opened = new TreeMap<>();
    private long firstKept = Long.MIN_VALUE;
    private boolean closed;

    /**
     * @param directory of this partner in this room; made if it is missing
     * @throws IOException if it cannot be made
     */
    public DiskTokenCache(Path directory, CacheKeys keys, TokenMetrics metrics) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.keys = keys;
        this.metrics = metrics;
    }

    @Override
    public Map<NormalisedIdentifier, Token> findAll(
            long epoch, Collection<NormalisedIdentifier> identifiers) {
        Map<NormalisedIdentifier, Token> found = new HashMap<>();
        Optional<EpochSegments> segments = readable(epoch);
        if (segments.isPresent()) {
            Map<NormalisedIdentifier, CacheKey> wanted = new HashMap<>();
            identifiers.forEach(identifier -> wanted.put(identifier, keys.of(epoch, identifier)));
            Map<CacheKey, Token> tokens = segments.get().find(wanted.values());
            wanted.forEach(
                    (identifier, key) -> {
                        Token token = tokens.get(key);
                        if (token != null) {
                            found.put(identifier, token);
                        }
                    });
        }
        metrics.lookedUp(LAYER, found.size(), identifiers.size() - found.size());
        return found;
    }

    @Override
    public void store(long epoch, Map<NormalisedIdentifier, Token> tokens) throws IOException {
        Map<CacheKey, Token> byKey = new HashMap<>();
        tokens.forEach((identifier, token) -> byKey.put(keys.of(epoch, identifier), token));
        Optional<EpochSegments> segments = segments(epoch);
        if (segments.isPresent()) {
            segments.get().store(byKey);
        }
    }

    @Override
    public synchronized void forgetBefore(long epoch) {
        if (epoch <= firstKept) {
            return;
        }
        keys.forgetBefore(epoch);
        Map<Long, EpochSegments> old = opened.headMap(epoch);
        try {
            for (EpochSegments segments : old.values()) {
                segments.close();
            }
            old.clear();
            deleteBefore(epoch);
            firstKept = epoch;
        } catch (IOException e) {
            metrics.diskFailed("delete");
            LOG.warn("token cache {}: old epochs cannot be deleted; tried again", directory, e);
        }
    }

    private void deleteBefore(long epoch) throws IOException {
        try (DirectoryStream<Path> epochs = Files.newDirectoryStream(directory)) {
            for (Path old : epochs) {
                String name = old.getFileName().toString();
                if (EPOCH.matcher(name).matches() && Long.parseLong(name) < epoch) {
                    try (DirectoryStream<Path> files = Files.newDirectoryStream(old)) {
                        for (Path file : files) {
                            Files.delete(file);
                        }
                    }
                    Files.delete(old);
                }
            }
        }
    }

    private Optional<EpochSegments> readable(long epoch) {
        try {
            return segments(epoch);
        } catch (IOException e) {
            metrics.diskFailed("read");
            LOG.warn("token cache {}: epoch {} cannot be read", directory, epoch, e);
            return Optional.empty();
        }
    }

    /** Nothing for an epoch that was dropped: it would not be dropped again. Nor after the end. */
    private synchronized Optional<EpochSegments> segments(long epoch) throws IOException {
        if (closed || epoch < firstKept) {
            return Optional.empty();
        }
        EpochSegments segments = opened.get(epoch);
        if (segments == null) {
            segments =
                    EpochSegments.open(
                            directory.resolve(Long.toString(epoch)), keys, epoch, random, metrics);
            opened.put(epoch, segments);
        }
        return Optional.of(segments);
    }

    /** Closes the files: nothing is found or kept any more. */
    @Override
    public synchronized void close() {
        closed = true;
        for (EpochSegments segments : opened.values()) {
            try {
                segments.close();
            } catch (IOException e) {
                LOG.warn("token cache {} was not closed well", directory, e);
            }
        }
        opened.clear();
    }
}
