package io.sealroom.cli;

import io.sealroom.cli.verify.RoomSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * One run of the command, as a process would have made it.
 *
 * @param exitCode what it ended with
 * @param out what it printed to stdout
 * @param err what it printed to stderr
 */
public record Run(int exitCode, String out, String err) {

    public static Run of(String... args) {
        return with(RoomSource.jsonRpc(), args);
    }

    public static Run with(RoomSource rooms, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Sealroom.commandLine(rooms)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err));
        int exitCode = command.execute(args);
        return new Run(exitCode, out.toString(), err.toString());
    }

    public List<String> outLines() {
        return out.lines().toList();
    }
}
