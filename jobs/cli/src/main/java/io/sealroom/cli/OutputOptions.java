package io.sealroom.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command prints its result. */
public final class OutputOptions {

    @Option(names = "--json", description = "Print a JSON object instead of text.")
    private boolean json;

    /** Prints a result to stdout. */
    public void print(CommandSpec spec, Printable result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(result.json());
        } else {
            result.lines().forEach(out::println);
        }
        out.flush();
    }

    /** Says something on stderr that does not change the result. */
    public void warn(CommandSpec spec, String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf("%s: %s%n", spec.qualifiedName(), text);
        err.flush();
    }
}
