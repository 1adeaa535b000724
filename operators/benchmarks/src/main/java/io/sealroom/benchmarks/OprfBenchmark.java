package io.sealroom.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.privacy.oprf.BlindedElements;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * Measures the blinding protocol, openssl and psi.js in turns and prints medians and ratios. It
 * judges nothing: the machine may be busy, so the status is 0 unless something fails to run.
 */
@Command(
        name = "operators/benchmarks/oprf",
        mixinStandardHelpOptions = true,
        description = "What the blinding protocol costs, beside openssl and psi.js in one run.")
public final class OprfBenchmark implements Callable<Integer> {

    /** The largest of the protocol, and what a base is tokenised in. */
    private static final int BATCH = BlindedElements.SIZE_MAX;

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--peer", required = true, hidden = true)
    private @Nullable Path peer;

    @Option(
            names = "--rounds",
            description = "Rounds of peer, peer, ours; their median counts (default 7).")
    private int rounds = 7;

    @Option(names = "--quick", description = "Three short rounds: about 20 seconds.")
    private boolean quick;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new OprfBenchmark())
                        .setExecutionExceptionHandler(OprfBenchmark::failed)
                        .execute(arguments));
    }

    /** A peer that does not run is a message; anything else is a fault of ours, with its trace. */
    private static int failed(Exception cause, CommandLine command, ParseResult arguments)
            throws Exception {
        if (!(cause instanceof IOException)) {
            throw cause;
        }
        command.getErr().println("oprf: " + cause.getMessage());
        return 1;
    }

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if (rounds < 1 || rounds > 1000) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), "--rounds must be in [1, 1000], got " + rounds);
        }
        OprfReport report = measure(Objects.requireNonNull(peer));
        PrintWriter out = command.commandLine().getOut();
        out.print(json ? json(report) : table(report));
        out.flush();
        return 0;
    }

    private OprfReport measure(Path script) throws IOException {
        OpensslPeer openssl = new OpensslPeer(quick ? 1 : 3);
        PsiPeer psi = new PsiPeer(script, quick ? 1000 : 4000);
        OprfRound ours = new OprfRound(BATCH);
        // Until the compiler has settled; these measurements are thrown away.
        ours.measure(quick ? 2 : 6);
        OprfReport report = new OprfReport();
        for (int round = 0; round < (quick ? 3 : rounds); round++) {
            report.add(openssl.perSecond(), psi.round(), ours.measure(quick ? 1 : 3));
        }
        return report;
    }

    private static String table(OprfReport report) {
        StringBuilder table = new StringBuilder(1024);
        line(table, "%-34s %12s %12s%n", "per element, CPU time", "us", "per second");
        report.rows()
                .forEach(
                        (title, micros) ->
                                line(table, "%-34s %12.1f %12.0f%n", title, micros, 1e6 / micros));
        line(
                table,
                "%nevaluate and prove / openssl ecdhp256   %.3f   (goal %.2f)%n",
                report.evaluateRatio(),
                OprfReport.EVALUATE_GOAL);
        line(
                table,
                "whole path, 1 partner / psi.js          %.2f    (goal %.1f)%n",
                report.pathRatio(),
                OprfReport.PATH_GOAL);
        return table.toString();
    }

    private static void line(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values));
    }

    private static String json(OprfReport report) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("evaluateToOpenssl", report.evaluateRatio());
        root.put("evaluateToOpensslGoal", OprfReport.EVALUATE_GOAL);
        root.put("pathToPsi", report.pathRatio());
        root.put("pathToPsiGoal", OprfReport.PATH_GOAL);
        ObjectNode micros = root.putObject("microsPerElement");
        report.rows().forEach(micros::put);
        return root.toPrettyString() + System.lineSeparator();
    }
}
