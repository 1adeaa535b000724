package io.sealroom.local.chaos;

import io.sealroom.local.parts.Ports;
import io.sealroom.local.stack.JavaProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How to start the processes of a Flink session cluster: the class path of {@code
 * deploy/local/cluster}, a configuration directory, and the memory flags that Flink itself computes
 * from it. No high availability: a JobManager that dies takes its jobs along.
 */
final class FlinkCluster {

    private static final String JOB_MANAGER =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final String PARAMETERS = "org.apache.flink.runtime.util.bash.BashJavaUtils";
    private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

    /** What Flink's own scripts open to it. */
    private static final List<String> OPENED =
            List.of(
                    "java.lang",
                    "java.net",
                    "java.io",
                    "java.nio",
                    "sun.nio.ch",
                    "java.lang.reflect",
                    "java.text",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks");

    private final String classPath;
    private final Path configuration;
    private final Path logs;
    private final int restPort;
    private final List<String> jobManagerMemory;
    private final List<String> taskManagerMemory;

    private FlinkCluster(
            String classPath,
            Path configuration,
            Path logs,
            int restPort,
            List<String> jobManagerMemory,
            List<String> taskManagerMemory) {
        this.classPath = classPath;
        this.configuration = configuration;
        this.logs = logs;
        this.restPort = restPort;
        this.jobManagerMemory = jobManagerMemory;
        this.taskManagerMemory = taskManagerMemory;
    }

    /**
     * Writes the configuration; starts nothing.
     *
     * @param classPath of Flink
     * @param directory for configuration, uploads and what tasks spill
     * @param logs for the logs of its processes
     * @param options further keys of the configuration, {@code key: value}
     */
    static FlinkCluster configure(String classPath, Path directory, Path logs, List<String> options)
            throws IOException {
        Path configuration = Files.createDirectories(directory.resolve("conf"));
        int restPort = Ports.free();
        List<String> lines = new ArrayList<>(resource("flink-config.yaml"));
        lines.addAll(places(directory, restPort));
        lines.addAll(options);
        Files.write(configuration.resolve("config.yaml"), lines, StandardCharsets.UTF_8);
        Files.write(configuration.resolve("log4j.properties"), resource("flink-log4j.properties"));
        return new FlinkCluster(
                classPath,
                configuration,
                logs,
                restPort,
                memory(classPath, configuration, "GET_JM_RESOURCE_PARAMS"),
                memory(classPath, configuration, "GET_TM_RESOURCE_PARAMS"));
    }

    int restPort() {
        return restPort;
    }

    ProcessHandle startJobManager(PartName name) throws IOException {
        return start(name, JOB_MANAGER, jobManagerMemory);
    }

    ProcessHandle startTaskManager(PartName name) throws IOException {
        return start(name, TASK_MANAGER, taskManagerMemory);
    }

    private ProcessHandle start(PartName name, String main, List<String> memory)
            throws IOException {
        List<String> jvm =
                new ArrayList<>(memory.stream().filter(f -> f.startsWith("-X")).toList());
        jvm.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        jvm.add("--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED");
        OPENED.forEach(opened -> jvm.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
        jvm.add("-Dlog.file=" + logs.resolve(name.label() + ".log"));
        jvm.add("-Dlog4j.configurationFile=" + configuration.resolve("log4j.properties").toUri());
        List<String> command =
                new ArrayList<>(List.of(main, "--configDir", configuration.toString()));
        command.addAll(memory.stream().filter(f -> !f.startsWith("-X")).toList());
        return JavaProcess.start(
                        classPath, jvm, command, logs.resolve(name.label() + ".err"), line -> {})
                .handle();
    }

    private static List<String> places(Path directory, int restPort) {
        return List.of(
                "jobmanager.rpc.port: " + Ports.free(),
                "rest.port: " + restPort,
                // It keeps uploaded jars over a restart.
                "web.upload.dir: " + directory.resolve("uploads"),
                "io.tmp.dirs: " + directory.resolve("tmp"));
    }

    private static List<String> resource(String name) throws IOException {
        try (InputStream in = FlinkCluster.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is part of this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** First the flags of the JVM, then the options of the program. */
    private static List<String> memory(String classPath, Path configuration, String command)
            throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                classPath,
                                PARAMETERS,
                                command,
                                "--configDir",
                                configuration.toString())
                        .redirectErrorStream(true)
                        .start();
        List<String> flags;
        try (var lines = process.inputReader()) {
            flags =
                    lines.lines()
                            .filter(line -> line.startsWith(RESULT))
                            .flatMap(line -> Stream.of(line.substring(RESULT.length()).split(" ")))
                            .toList();
        }
        if (flags.isEmpty()) {
            throw new IOException("Flink does not accept the configuration in " + configuration);
        }
        return flags;
    }
}
