package io.sealroom.partner;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.AgentConfigFile;
import io.sealroom.partner.config.ConfigKey;
import io.sealroom.partner.config.ConfigValues;
import io.sealroom.partner.config.SettingsFile;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * An option for every {@link ConfigKey}, and {@code --config}. None has a default of its own, which
 * would win over the file, and none is required here, since the file may have it.
 */
final class ConfigOptions {

    static final String CONFIG = "--config";

    private ConfigOptions() {}

    /** The command, with its own options and these. */
    static CommandLine commandLine(Object command) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        addTo(spec);
        return new CommandLine(spec);
    }

    private static void addTo(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder(CONFIG)
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description("configuration file; options given here win over it")
                        .build());
        for (ConfigKey key : ConfigKey.values()) {
            String suffix = key.defaultText().map(text -> "; default: " + text).orElse("");
            OptionSpec.Builder option =
                    OptionSpec.builder(key.option()).description(key.description() + suffix);
            if (key.isFlag()) {
                option.type(boolean.class).negatable(true);
            } else {
                option.type(key.isSettings() ? Path.class : String.class).paramLabel(key.label());
            }
            spec.addOption(option.build());
        }
    }

    /** What a command does with its configuration. */
    @FunctionalInterface
    interface Work {
        /**
         * @param out for whoever started the command
         */
        void run(AgentConfig config, PrintWriter out) throws AgentException;
    }

    /**
     * Reads the configuration and does the work; what fails is a line on stderr that begins with
     * the partner's name.
     *
     * @param spec of a command with these options
     * @return the exit code
     */
    static int run(@Nullable CommandSpec spec, Work work) {
        CommandLine commandLine = given(spec).commandLine();
        ParseResult parsed = commandLine.getParseResult();
        String name = parsed.matchedOptionValue(ConfigKey.PARTNER.option(), "partner");
        try {
            AgentConfig config = read(parsed, System.getenv());
            name = config.partner();
            work.run(config, commandLine.getOut());
            return ExitCode.OK.code();
        } catch (AgentException e) {
            line(commandLine.getErr(), name + ": " + e.getMessage());
            return e.exitCode().code();
        }
    }

    /** Lines that begin with the partner's name. */
    static Consumer<String> lines(AgentConfig config, PrintWriter out) {
        return text -> line(out, config.partner() + ": " + text);
    }

    private static void line(PrintWriter to, String text) {
        to.println(text);
        to.flush();
    }

    /** What picocli has filled in before it calls. */
    static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("picocli fills this in");
        }
        return value;
    }

    /**
     * @param parsed of a command with these options
     * @throws AgentException if a file cannot be used, or what is given is not enough or
     *     contradicts itself
     */
    static AgentConfig read(ParseResult parsed, Map<String, String> environment)
            throws AgentException {
        Path file = parsed.matchedOptionValue(CONFIG, (@Nullable Path) null);
        ConfigValues base =
                file == null ? ConfigValues.NONE : AgentConfigFile.read(file, environment);
        return AgentConfig.of(given(parsed, environment).over(base), environment);
    }

    private static ConfigValues given(ParseResult parsed, Map<String, String> environment)
            throws AgentException {
        Map<ConfigKey, String> texts = new EnumMap<>(ConfigKey.class);
        Map<ConfigKey, Map<String, String>> settings = new EnumMap<>(ConfigKey.class);
        for (ConfigKey key : ConfigKey.values()) {
            if (!parsed.hasMatchedOption(key.option())) {
                continue;
            }
            Object value = parsed.matchedOption(key.option()).getValue();
            if (value instanceof Path file) {
                settings.put(key, SettingsFile.read(file, environment));
            } else {
                texts.put(key, String.valueOf(value));
            }
        }
        return new ConfigValues(texts, settings);
    }
}
