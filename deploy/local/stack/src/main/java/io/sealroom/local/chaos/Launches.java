package io.sealroom.local.chaos;

import io.sealroom.local.stack.AgentProcess;
import io.sealroom.local.stack.JavaProcess;
import io.sealroom.local.stack.LocalRoom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How the processes are started that are not Flink's, and what they say when they are up. */
final class Launches {

    private static final List<String> SMALL =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dlog4j2.configurationFile=log4j2-chaos.xml");

    private final Path run;
    private final Set<PartName> taking = ConcurrentHashMap.newKeySet();
    private volatile String kafka = "";

    /**
     * @param run directory for logs and data
     */
    Launches(Path run) {
        this.run = run;
    }

    /** Bootstrap servers of the broker; empty until it is up for the first time. */
    String kafka() {
        return kafka;
    }

    /** Whether an agent has said, since its last start, that it takes its input. */
    boolean takes(PartName agent) {
        return taking.contains(agent);
    }

    ProcessHandle broker(PartName name) throws IOException {
        return JavaProcess.start(
                        with("-Xmx512m", name),
                        List.of(BrokerMain.class.getName(), run.resolve("kafka").toString()),
                        log(name),
                        this::heardBroker)
                .handle();
    }

    private void heardBroker(String line) {
        if (line.startsWith(BrokerMain.READY)) {
            kafka = line.substring(BrokerMain.READY.length());
        }
    }

    /**
     * Starts the chain endpoint.
     *
     * @param port it listens on
     * @param chainPort of the node behind it
     */
    ProcessHandle forwarder(PartName name, int port, int chainPort) throws IOException {
        return JavaProcess.start(
                        with("-Xmx64m", name),
                        List.of(
                                ForwarderMain.class.getName(),
                                Integer.toString(port),
                                Integer.toString(chainPort)),
                        log(name),
                        line -> {})
                .handle();
    }

    ProcessHandle agent(PartName name, LocalRoom room) throws IOException {
        String partner = name.label();
        taking.remove(name);
        List<String> input =
                List.of(
                        "--input-format",
                        "topic",
                        "--input-kafka",
                        kafka,
                        "--input-topic",
                        RawTopicWriter.topic(partner),
                        "--input-group",
                        "agent-" + partner,
                        "--token-cadence",
                        "PT1S",
                        "--token-batch",
                        "16");
        return AgentProcess.live(
                        room,
                        kafka,
                        partner,
                        input,
                        run.resolve(partner),
                        line -> {
                            if (line.equals(partner + ": streaming")) {
                                taking.add(name);
                            }
                        })
                .handle();
    }

    private List<String> with(String heap, PartName name) {
        List<String> jvm = new ArrayList<>(SMALL);
        jvm.add(heap);
        jvm.add("-Dsealroom.log=" + run.resolve(name.label() + ".log"));
        return jvm;
    }

    private Path log(PartName name) {
        return run.resolve(name.label() + ".err");
    }
}
