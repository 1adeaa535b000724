package io.sealroom.partner.config;

import io.sealroom.partner.exit.AgentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${file:PATH}} and {@code ${env:NAME}} in a value by what they name, so that no
 * password stands in a configuration file. What is put in is not searched again.
 */
final class SecretReferences {

    /** Longest secret file, in bytes. */
    static final int LENGTH_MAX = 65_536;

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)(}?)");
    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";
    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");

    private final Path directory;
    private final Map<String, String> environment;

    /**
     * @param directory that relative paths start from
     */
    SecretReferences(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /**
     * @param where names the value in errors, which never show it
     * @throws AgentException if a reference is of no known form, or names nothing that can be used
     */
    String resolve(String where, String value) throws AgentException {
        Matcher matcher = REFERENCE.matcher(value);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String reference = matcher.group(1);
            boolean closed = !matcher.group(2).isEmpty();
            String secret;
            if (closed && reference.startsWith(FILE)) {
                secret = ofFile(where, path(where, reference.substring(FILE.length())));
            } else if (closed && reference.startsWith(ENVIRONMENT)) {
                secret = ofEnvironment(where, reference.substring(ENVIRONMENT.length()));
            } else {
                throw AgentException.badInput(
                        "%s: a reference must be ${file:PATH} or ${env:NAME}", where);
            }
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(secret));
        }
        return matcher.appendTail(resolved).toString();
    }

    private Path path(String where, String text) throws AgentException {
        try {
            return directory.resolve(text);
        } catch (InvalidPathException e) {
            throw AgentException.badInput("%s: the reference must name a path", where);
        }
    }

    private String ofEnvironment(String where, String name) throws AgentException {
        String value = environment.get(name);
        if (value == null) {
            throw AgentException.badInput(
                    "%s: the environment variable %s is not set", where, name);
        }
        return value;
    }

    /** Without the line break that editors leave at the end. */
    private static String ofFile(String where, Path file) throws AgentException {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(OTHERS::contains)) {
                throw AgentException.badInput(
                        "%s: %s has mode %s; only its owner may have access: chmod 600",
                        where, file, PosixFilePermissions.toString(permissions));
            }
            if (Files.size(file) > LENGTH_MAX) {
                throw AgentException.badInput(
                        "%s: %s must have at most %d bytes", where, file, LENGTH_MAX);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString()
                    .replaceFirst("\\r?\\n$", "");
        } catch (CharacterCodingException e) {
            throw AgentException.badInput("%s: %s is not UTF-8", where, file);
        } catch (IOException | UnsupportedOperationException e) {
            throw AgentException.badInput("%s: %s cannot be read: %s", where, file, e);
        }
    }
}
