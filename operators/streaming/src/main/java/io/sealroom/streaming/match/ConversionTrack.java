package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.Conversion;
import io.sealroom.privacy.attribution.ConversionAdmission;
import io.sealroom.privacy.attribution.StampedEvent;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.PartnerTouches;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The conversions of one token in one epoch, in a room whose conversions have one token: which are
 * admitted, and as whose converter the token has been counted. With two tokens the admit stage
 * decides on conversions before any token is asked.
 */
final class ConversionTrack {

    private final MatchPlan plan;
    private final ConversionAdmission admission;
    private final List<ConvertersTrack> converters = new ArrayList<>();

    ConversionTrack(MatchPlan plan, long epoch) {
        this.plan = plan;
        this.admission = new ConversionAdmission(plan.attribution().admission(), epoch);
        plan.attribution().converters().forEach(it -> converters.add(new ConvertersTrack(it)));
    }

    /** Reads what {@link #writeCaps} wrote. */
    void readCaps(LongBuffer words) {
        admission.readCaps(words);
    }

    /** Reads what {@link #writeRest} wrote. */
    void readRest(LongBuffer words) {
        admission.readIds(words);
        converters.clear();
        plan.attribution()
                .converters()
                .forEach(it -> converters.add(ConvertersTrack.read(it, words)));
    }

    /** Appends how much of the queries' caps is used. */
    void writeCaps(LongBuffer words) {
        admission.writeCaps(words);
    }

    /** Appends ids, reports and converters. */
    void writeRest(LongBuffer words) {
        admission.writeIds(words);
        converters.forEach(track -> track.write(words));
    }

    /** How many longs are appended now, in both parts together. */
    int words() {
        int words = admission.words();
        for (ConvertersTrack track : converters) {
            words += track.words();
        }
        return words;
    }

    /**
     * Works on the conversions among the events of one slice.
     *
     * @param touches with those of the slice, since they may be older than a conversion
     */
    void slice(List<AdmittedEvent> events, TouchTrack touches, MatchOutput out) {
        List<StampedEvent<AdmittedEvent>> conversions = stamped(events);
        if (conversions.isEmpty()) {
            return;
        }
        long cut = admission.cut();
        List<ConversionAdmission.Admitted<AdmittedEvent>> admitted =
                admission.admit(conversions, plan.duplicates());
        plan.cut(admission.cut() & ~cut, conversions.get(0).time(), out);
        if (admitted.isEmpty()) {
            return;
        }
        TouchTrack.Answers answers = touches.new Answers();
        for (ConversionAdmission.Admitted<AdmittedEvent> one : admitted) {
            AdmittedEvent event = one.event();
            List<PartnerTouches> candidates = answers.at(event.time(), one.queries());
            out.add(
                    new MatchedConversion(
                            event.partner(),
                            event.key(),
                            event.eventId(),
                            event.time(),
                            event.value(),
                            one.queries(),
                            candidates));
            Conversion conversion =
                    new Conversion(event.time(), event.eventId().high(), event.eventId().low(), 0);
            converters.forEach(track -> track.count(conversion, one.queries(), candidates, out));
        }
    }

    private static List<StampedEvent<AdmittedEvent>> stamped(List<AdmittedEvent> events) {
        List<StampedEvent<AdmittedEvent>> stamped = new ArrayList<>();
        for (AdmittedEvent event : events) {
            if (!event.kind().isExposure()) {
                stamped.add(event.stamped(event));
            }
        }
        return stamped;
    }
}
