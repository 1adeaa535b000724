package io.sealroom.streaming.flow.waiting;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator can see of caps that are not a policy's: {@code partner.NAME.eventsCut} counts
 * events beyond {@link EventsCap}, with a log line for each identifier and slice that reaches it,
 * and exposures that are no touches because the epoch had enough of them. Never which identifier.
 */
public final class CapAlarms implements EventsCap.Cuts {

    private static final Logger LOG = LoggerFactory.getLogger(CapAlarms.class);

    private final List<String> partners;
    private final List<Counter> eventsCut = new ArrayList<>();

    /**
     * @param partners names, in policy order
     */
    public CapAlarms(MetricGroup group, List<String> partners) {
        this.partners = List.copyOf(partners);
        for (String partner : partners) {
            eventsCut.add(group.addGroup("partner", partner).counter("eventsCut"));
        }
    }

    /** Events of the partner that did not count. */
    public long eventsCut(int partner) {
        return eventsCut.get(partner).getCount();
    }

    @Override
    public void cut(int partner, int events) {
        eventsCut.get(partner).inc(events);
    }

    /** The partner sent as many events of one identifier and slice as count, or more. */
    public void reached(int partner, long sliceEnd, int eventsMax) {
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
