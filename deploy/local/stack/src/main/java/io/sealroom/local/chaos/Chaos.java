package io.sealroom.local.chaos;

import io.sealroom.local.stack.Console;
import io.sealroom.local.stack.RunDirectory;
import io.sealroom.schemas.policy.PolicyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A room whose parts are killed, stopped and started while its partners produce. */
@Command(
        name = "chaos",
        sortOptions = false,
        description = {
            "Runs a room of OS processes, kills and stops them on a seeded schedule, and compares"
                    + " what comes out with what went in.",
            "Exit code: 0 nothing lost, doubled or different; 1 something; 3 a part failed."
        })
public final class Chaos implements Callable<Integer> {

    static final int MISMATCH = 1;
    static final int FAILED = 3;

    @Mixin private ChaosOptions options = new ChaosOptions();

    private final Console console = new Console(System.out, System.nanoTime());

    private Chaos() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Chaos()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            List<Fault> faults =
                    options.calm
                            ? List.of()
                            : FaultSchedule.of(options.seed, options.minutes, options.parallelism);
            console.plain("seed " + options.seed + ", times from the moment that everything runs:");
            faults.forEach(fault -> console.plain("  " + fault.describe()));
            Path run = RunDirectory.fresh(options.run.toAbsolutePath().normalize());
            console.step("starting broker, chain and cluster");
            try (ChaosRoom parts = new ChaosRoom(run, options, console)) {
                boolean good = new ChaosRun(run, options, parts, faults, console).run();
                if (options.keep) {
                    console.plain("kept until Ctrl-C: --kafka " + parts.kafka());
                    new CountDownLatch(1).await();
                }
                return good ? 0 : MISMATCH;
            }
        } catch (IOException | PolicyException | RuntimeException e) {
            console.plain("the run failed: " + e.getMessage());
            return FAILED;
        }
    }
}
