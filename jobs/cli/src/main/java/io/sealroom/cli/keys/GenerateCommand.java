package io.sealroom.cli.keys;

import io.sealroom.cli.UsageException;
import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.KeyGeneration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom keys generate}. */
@Command(
        name = "generate",
        description = {
            "Makes a key file for each partner, node and auditor, and prints their public parts.",
            "",
            "The files are partner-NAME.json with oprf-NAME.json, its OPRF seed of one room,"
                    + " node-NAME.json and auditor-NAME.json, readable by their owner only, and"
                    + " participants.json with the public parts. None is ever overwritten. In"
                    + " earnest every party makes its own file where it is used.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class GenerateCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Directory of the files; made if missing.")
    private Path directory;

    @Option(
            names = "--partner",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Names of partners.")
    private List<String> partners = new ArrayList<>();

    @Option(names = "--node", arity = "1..*", paramLabel = "NAME", description = "Names of nodes.")
    private List<String> nodes = new ArrayList<>();

    @Option(
            names = "--auditor",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Names of auditors.")
    private List<String> auditors = new ArrayList<>();

    @Override
    public void run() {
        if (partners.isEmpty() && nodes.isEmpty() && auditors.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "name a --partner, a --node or an --auditor at least");
        }
        try {
            KeyGeneration.generate(directory, partners, nodes, auditors);
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    Files.readString(
                            directory.resolve(KeyGeneration.PARTICIPANTS_FILE),
                            StandardCharsets.UTF_8));
            out.flush();
        } catch (IllegalArgumentException | KeyFileException e) {
            // Of names and files only.
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UsageException(
                    String.format(
                            "no keys can be made in %s: %s",
                            directory, e.getClass().getSimpleName()));
        }
    }
}
