package io.sealroom.local.chaos;

import io.sealroom.local.parts.LocalKafka;
import java.io.IOException;
import java.nio.file.Path;

/** A Kafka broker as a process, over a directory that outlives it; its ports stay the same. */
final class BrokerMain {

    /** What it prints before its address. */
    static final String READY = "broker at ";

    private BrokerMain() {}

    /**
     * @param arguments the directory
     */
    public static void main(String[] arguments) {
        try {
            LocalKafka kafka = LocalKafka.start(Path.of(arguments[0]));
            System.out.println(READY + kafka.bootstrapServers());
            Parent.awaitEnd();
        } catch (IOException | RuntimeException e) {
            System.err.println("the broker does not start: " + e);
        }
        // What Kafka has started by then would keep the JVM.
        Runtime.getRuntime().halt(0);
    }
}
