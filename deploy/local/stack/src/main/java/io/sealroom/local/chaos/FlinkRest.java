package io.sealroom.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a run asks of a JobManager, over its REST interface. */
final class FlinkRest {

    /**
     * A job as the JobManager sees it.
     *
     * @param id its id
     * @param name its name
     * @param status as Flink names it
     * @param running tasks that run
     * @param tasks all of them
     */
    record Job(String id, String name, String status, int running, int tasks) {

        boolean isOver() {
            return status.equals("FINISHED") || status.equals("CANCELED") || isFailed();
        }

        boolean isFailed() {
            return status.equals("FAILED");
        }

        boolean runs() {
            return status.equals("RUNNING") && running == tasks;
        }
    }

    private static final Duration QUESTION = Duration.ofSeconds(5);
    private static final Duration ORDER = Duration.ofSeconds(90);
    private static final String BOUNDARY = "sealroom-jar";
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(QUESTION)
                    .build();
    private final String url;

    FlinkRest(int port) {
        this.url = "http://127.0.0.1:" + port;
    }

    /** All jobs, those that are over included. */
    List<Job> jobs() throws IOException {
        List<Job> jobs = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").required("jobs")) {
            JsonNode tasks = job.required("tasks");
            jobs.add(
                    new Job(
                            job.required("jid").textValue(),
                            job.required("name").textValue(),
                            job.required("state").textValue(),
                            tasks.required("running").intValue(),
                            tasks.required("total").intValue()));
        }
        return jobs;
    }

    /** Number of TaskManagers that have registered. */
    int taskManagers() throws IOException {
        return get("/overview").required("taskmanagers").intValue();
    }

    /** When the newest completed checkpoint of a job began, epoch milliseconds. */
    OptionalLong newestCheckpoint(String job) throws IOException {
        JsonNode completed = get("/jobs/" + job + "/checkpoints").path("latest").path("completed");
        return completed.hasNonNull("trigger_timestamp")
                ? OptionalLong.of(completed.required("trigger_timestamp").longValue())
                : OptionalLong.empty();
    }

    /** Id of an uploaded jar; it is uploaded if the JobManager has none. */
    String jar(Path file) throws IOException {
        JsonNode files = get("/jars").required("files");
        if (!files.isEmpty()) {
            return files.get(0).required("id").textValue();
        }
        BodyPublisher body =
                BodyPublishers.concat(
                        BodyPublishers.ofString(
                                String.format(
                                        "--%s\r\nContent-Disposition: form-data; name=\"jarfile\";"
                                                + " filename=\"%s\"\r\nContent-Type:"
                                                + " application/x-java-archive\r\n\r\n",
                                        BOUNDARY, file.getFileName())),
                        BodyPublishers.ofFile(file),
                        BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
        String uploaded =
                send(HttpRequest.newBuilder(URI.create(url + "/jars/upload"))
                                .timeout(ORDER)
                                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                                .POST(body))
                        .required("filename")
                        .textValue();
        return uploaded.substring(uploaded.lastIndexOf('/') + 1);
    }

    /** Runs a main class of an uploaded jar. */
    void run(String jar, Object request) throws IOException {
        post("/jars/" + jar + "/run", request);
    }

    /** Asks for a savepoint after which the job is cancelled; gives the id of the request. */
    String cancelWithSavepoint(String job, Object request) throws IOException {
        return post("/jobs/" + job + "/savepoints", request).required("request-id").textValue();
    }

    /**
     * Whether the savepoint is done.
     *
     * @throws IOException if it failed, or nobody knows of it
     */
    boolean isDone(String job, String request) throws IOException {
        JsonNode answer = get("/jobs/" + job + "/savepoints/" + request);
        if (answer.path("operation").has("failure-cause")) {
            throw new IOException("the savepoint failed");
        }
        return answer.required("status").required("id").textValue().equals("COMPLETED");
    }

    private JsonNode get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(url + path)).timeout(QUESTION).GET());
    }

    private JsonNode post(String path, Object request) throws IOException {
        return send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(ORDER)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(request))));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != OK && response.statusCode() != ACCEPTED) {
                throw new IOException(
                        "the JobManager answers "
                                + response.statusCode()
                                + ": "
                                + new String(response.body(), StandardCharsets.UTF_8));
            }
            return json.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
