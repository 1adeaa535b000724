package io.sealroom.pipeline;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What both jobs ask of Flink, whatever the cluster's configuration says. */
final class Environments {

    /** Never changed: key groups of all savepoints are counted in it. */
    static final int MAX_PARALLELISM = 128;

    private Environments() {}

    /** Sets the options that state and results depend on. */
    static void configure(StreamExecutionEnvironment env) {
        Configuration configuration = new Configuration();
        // A type that falls back to Kryo, or an operator without a uid, fails at submission.
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        env.configure(configuration);
    }
}
