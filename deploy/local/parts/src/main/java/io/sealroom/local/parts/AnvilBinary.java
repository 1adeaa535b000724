package io.sealroom.local.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the anvil that the build of the contracts put under {@code
 * contracts/solidity/node_modules}.
 *
 * <p>Asked in this order: the file named by the system property {@value #FILE_PROPERTY}; the
 * checkout named by the system property {@value #HOME_PROPERTY} or the environment's {@value
 * #HOME_VARIABLE}; the nearest directory from the working directory upwards that holds {@code
 * contracts/solidity}.
 */
final class AnvilBinary {

    static final String FILE_PROPERTY = "sealroom.anvil";
    static final String HOME_PROPERTY = "sealroom.home";
    static final String HOME_VARIABLE = "SEALROOM_HOME";
    private static final Path SOLIDITY = Path.of("contracts", "solidity");

    /**
     * {@link System#getProperty}, {@link System#getenv} or a stand-in: the value of a name, or
     * null.
     */
    @FunctionalInterface
    interface Lookup {
        @Nullable String valueOf(String name);
    }

    private final Lookup properties;
    private final Lookup environment;

    AnvilBinary(Lookup properties, Lookup environment) {
        this.properties = properties;
        this.environment = environment;
    }

    static Path locate() throws IOException {
        return new AnvilBinary(System::getProperty, System::getenv).find();
    }

    Path find() throws IOException {
        String file = properties.valueOf(FILE_PROPERTY);
        if (file != null) {
            return executable(Path.of(file), "named by the system property " + FILE_PROPERTY);
        }
        Path home = home();
        Path binary =
                home.resolve(SOLIDITY)
                        .resolve(Path.of("node_modules", "@foundry-rs", packageName()))
                        .resolve(Path.of("bin", "anvil"));
        return executable(
                binary, "build the contracts first: mvn -pl contracts/wrappers -am compile");
    }

    private Path home() throws IOException {
        String named =
                Optional.ofNullable(properties.valueOf(HOME_PROPERTY))
                        .orElse(environment.valueOf(HOME_VARIABLE));
        if (named != null) {
            return Path.of(named).toAbsolutePath();
        }
        Path workingDirectory = Path.of(required("user.dir")).toAbsolutePath();
        for (Path at = workingDirectory; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(SOLIDITY))) {
                return at;
            }
        }
        throw new IOException(
                String.format(
                        "no anvil: no %s in %s or above; run in the checkout, or name it with -D%s or %s",
                        SOLIDITY, workingDirectory, HOME_PROPERTY, HOME_VARIABLE));
    }

    private String packageName() throws IOException {
        String system = required("os.name").toLowerCase(Locale.ROOT);
        String machine = required("os.arch").toLowerCase(Locale.ROOT);
        UnaryOperator<String> refusal =
                value ->
                        String.format(
                                "no anvil for %s; name one of your own with -D%s",
                                value, FILE_PROPERTY);
        String systemPart =
                switch (system.split(" ", 2)[0]) {
                    case "linux" -> "linux";
                    case "mac" -> "darwin";
                    default -> throw new IOException(refusal.apply(system));
                };
        String machinePart =
                switch (machine) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> throw new IOException(refusal.apply(machine));
                };
        return "anvil-" + systemPart + "-" + machinePart;
    }

    private String required(String property) {
        return Optional.ofNullable(properties.valueOf(property))
                .orElseThrow(() -> new IllegalStateException("no system property " + property));
    }

    private static Path executable(Path binary, String advice) throws IOException {
        if (!Files.isExecutable(binary)) {
            throw new IOException(
                    String.format(
                            "no anvil: %s is missing or not executable (%s)", binary, advice));
        }
        return binary;
    }
}
