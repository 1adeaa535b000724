package io.sealroom.streaming.source;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps metrics by their dotted names. */
final class TestingMetricGroup extends UnregisteredMetricsGroup {

    private final String prefix;
    private final Map<String, Metric> metrics;

    TestingMetricGroup() {
        this("", new TreeMap<>());
    }

    private TestingMetricGroup(String prefix, Map<String, Metric> metrics) {
        this.prefix = prefix;
        this.metrics = metrics;
    }

    long count(String name) {
        return metrics.get(name) instanceof Counter counter ? counter.getCount() : -1;
    }

    Object value(String name) {
        return metrics.get(name) instanceof Gauge<?> gauge ? gauge.getValue() : "no such gauge";
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return new TestingMetricGroup(prefix + key + "." + value + ".", metrics);
    }

    @Override
    public Counter counter(String name) {
        Counter counter = super.counter(name);
        metrics.put(prefix + name, counter);
        return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        metrics.put(prefix + name, gauge);
        return gauge;
    }
}
