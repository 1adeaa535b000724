package io.sealroom.local.stack;

import io.sealroom.pipeline.NodeSettings;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Both jobs of a node in this process, until its standard input ends or one of them does. */
@Command(name = "node")
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
final class NodeMain implements Callable<Integer> {

    private static final int JOB_ENDED = 3;
    private static final long LOOK_MILLIS = 500;

    @Option(names = "--policy", required = true)
    private Path policy;

    @Option(names = "--room", required = true)
    private Path room;

    @Option(names = "--keys", required = true)
    private Path keys;

    @Option(names = "--kafka", required = true)
    private String kafka;

    @Option(names = "--rpc", required = true)
    private String rpcUrl;

    @Option(names = "--node", required = true)
    private String node;

    @Option(names = "--parallelism", required = true)
    private int parallelism;

    @Option(names = "--checkpoints", required = true)
    private Path checkpoints;

    private NodeMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new NodeMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, PolicyException, InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        stopAtEndOfInput(stop);
        NodeSettings settings =
                new NodeSettings(PolicyFile.read(policy), RoomFile.read(room), node, kafka);
        try (LocalJobs jobs = LocalJobs.start(settings, keys, rpcUrl, parallelism, checkpoints)) {
            System.out.println(node + ": CleanRoomJob and PublishJob run");
            while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                jobs.requireRunning();
            }
            return 0;
        } catch (IOException e) {
            if (stop.getCount() == 0) {
                // Whoever told us to stop may have taken broker and chain away already.
                return 0;
            }
            System.err.println(node + ": " + e.getMessage());
            return JOB_ENDED;
        }
    }

    /** Whoever started us holds the other end, and has gone when it closes. */
    private static void stopAtEndOfInput(CountDownLatch stop) {
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // What it says does not matter.
                                }
                            } catch (IOException closed) {
                                stop.countDown();
                            }
                            stop.countDown();
                        },
                        "standard-input");
        watch.setDaemon(true);
        watch.start();
    }
}
