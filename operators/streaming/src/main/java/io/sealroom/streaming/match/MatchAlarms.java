package io.sealroom.streaming.match;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator can see of the match stage: {@code partner.NAME.eventsCut} counts events beyond
 * {@link EventsCap}, with a log line for each identifier and slice that reaches it, and exposures
 * that are no touches because the epoch had enough of them. Never which identifier.
 */
final class MatchAlarms implements EventsCap.Cuts {

    private static final Logger LOG = LoggerFactory.getLogger(MatchAlarms.class);

    private final List<String> partners;
    final List<Counter> eventsCut = new ArrayList<>();

    /**
     * @param partners names, in policy order
     */
    MatchAlarms(MetricGroup group, List<String> partners) {
        this.partners = List.copyOf(partners);
        for (String partner : partners) {
            eventsCut.add(group.addGroup("partner", partner).counter("eventsCut"));
        }
    }

    @Override
    public void cut(int partner, int events) {
        eventsCut.get(partner).inc(events);
    }

    void reached(int partner, long sliceEnd, int eventsMax) {
        LOG.warn(
                "Events cap reached: partner {} sent {} events or more of one identifier in the"
                        + " slice that ends at {}. The first {} by time count, on every node alike;"
                        + " no person does so much, so ask the partner what does.",
                partners.get(partner),
                eventsMax,
                sliceEnd,
                eventsMax);
    }
}
