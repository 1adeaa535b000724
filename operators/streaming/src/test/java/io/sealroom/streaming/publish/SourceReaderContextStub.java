package io.sealroom.streaming.publish;

import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

/** What a source reader sees of its task; asks for nothing and hears nothing. */
final class SourceReaderContextStub implements SourceReaderContext {

    private final InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();

    long count(String counter) {
        return ((Counter) metrics.get(counter)).getCount();
    }

    @Override
    public SourceReaderMetricGroup metricGroup() {
        return InternalSourceReaderMetricGroup.wrap(metrics);
    }

    @Override
    public Configuration getConfiguration() {
        return new Configuration();
    }

    @Override
    public String getLocalHostName() {
        return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
        return 0;
    }

    @Override
    public void sendSplitRequest() {
        throw new IllegalStateException("the reader gets its split unasked");
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
        throw new IllegalStateException("the reader has nothing to say");
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
    }
}
