package io.sealroom.local.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for many byte patterns at once in every file below some directories. */
final class PatternSearch {

    private static final int INDEXED = Long.BYTES;

    private final Map<Long, List<byte[]>> patterns = new HashMap<>();
    private int size;

    /** A text and its SHA-256, each as bytes, hex and base64, the hex in both cases. */
    void addSecret(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        addForms(bytes);
        addForms(sha256(bytes));
    }

    private void addForms(byte[] bytes) {
        add(bytes);
        String hex = HexFormat.of().formatHex(bytes);
        add(hex.getBytes(StandardCharsets.US_ASCII));
        add(hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
        // Without the last group: padding depends on what follows.
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        add(base64.substring(0, base64.length() / 4 * 4).getBytes(StandardCharsets.US_ASCII));
    }

    private void add(byte[] pattern) {
        if (pattern.length < INDEXED) {
            throw new IllegalArgumentException("a pattern must have at least 8 bytes");
        }
        patterns.computeIfAbsent(ByteBuffer.wrap(pattern).getLong(), key -> new ArrayList<>())
                .add(pattern);
        size++;
    }

    int size() {
        return size;
    }

    /** Files that hold at least one pattern. */
    List<Path> hits(Path directory) throws IOException {
        List<Path> hits = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            if (holdsAny(Files.readAllBytes(file))) {
                hits.add(file);
            }
        }
        return hits;
    }

    private boolean holdsAny(byte[] content) {
        long window = 0;
        for (int i = 0; i < content.length; i++) {
            window = window << 8 | (content[i] & 0xff);
            int start = i - INDEXED + 1;
            if (start >= 0 && holdsOneAt(content, start, patterns.get(window))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsOneAt(
            byte[] content, int start, @Nullable List<byte[]> candidates) {
        if (candidates == null) {
            return false;
        }
        for (byte[] pattern : candidates) {
            if (start + pattern.length <= content.length
                    && Arrays.equals(
                            content, start, start + pattern.length, pattern, 0, pattern.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
