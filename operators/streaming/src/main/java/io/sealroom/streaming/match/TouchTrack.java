package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.ConversionIds;
import io.sealroom.privacy.attribution.StampedEvent;
import io.sealroom.privacy.attribution.Touch;
import io.sealroom.privacy.attribution.TouchBuffer;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.PartnerTouches;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The touches of one token in one epoch that a later conversion may need, for all attribution
 * queries of its kind. Bounds: as {@link TouchBuffer} has it.
 */
final class TouchTrack {

    private final List<AttributionPlan.Exposing> exposing;
    private final TouchBuffer[] buffers;

    TouchTrack(AttributionPlan plan) {
        this.exposing = plan.exposing();
        this.buffers = new TouchBuffer[exposing.size()];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = TouchBuffer.empty();
        }
    }

    /** Reads what {@link #write} wrote. */
    static TouchTrack read(AttributionPlan plan, LongBuffer words) {
        TouchTrack track = new TouchTrack(plan);
        for (int i = 0; i < track.buffers.length; i++) {
            track.buffers[i] = TouchBuffer.read(words);
        }
        return track;
    }

    /** Appends {@link #words} longs: the touches of each exposing partner. */
    void write(LongBuffer words) {
        for (TouchBuffer buffer : buffers) {
            buffer.write(words);
        }
    }

    /** How many longs {@link #write} appends now. */
    int words() {
        int words = 0;
        for (TouchBuffer buffer : buffers) {
            words += buffer.words();
        }
        return words;
    }

    boolean isEmpty() {
        for (TouchBuffer buffer : buffers) {
            if (buffer.size() > 0) {
                return false;
            }
        }
        return true;
    }

    /** Adds the exposures of one slice that stand. */
    void add(List<AdmittedEvent> events, MatchPlan plan, MatchOutput out) {
        for (int i = 0; i < buffers.length; i++) {
            int partner = exposing.get(i).partner();
            List<StampedEvent<AdmittedEvent>> exposures = stamped(events, partner);
            if (exposures.isEmpty()) {
                continue;
            }
            List<Touch> standing = new ArrayList<>();
            for (StampedEvent<AdmittedEvent> exposure :
                    plan.duplicates().standing(exposures, ConversionIds.none(0))) {
                standing.add(touch(exposure.event()));
            }
            int cut = buffers[i].addAll(standing);
            if (cut > 0) {
                out.cut(partner, cut);
            }
        }
    }

    private static List<StampedEvent<AdmittedEvent>> stamped(
            List<AdmittedEvent> events, int partner) {
        List<StampedEvent<AdmittedEvent>> stamped = new ArrayList<>();
        for (AdmittedEvent event : events) {
            if (event.partner() == partner && event.kind().isExposure()) {
                stamped.add(event.stamped(event));
            }
        }
        return stamped;
    }

    private static Touch touch(AdmittedEvent event) {
        return new Touch(
                event.time(),
                event.eventId().high(),
                event.eventId().low(),
                event.cell(),
                event.kind() == EventKind.CLICK);
    }

    /**
     * What is asked for conversions of one slice: the touches are unpacked once for all of them.
     */
    final class Answers {
        private final List<List<Touch>> unpacked = new ArrayList<>();

        Answers() {
            for (TouchBuffer buffer : buffers) {
                unpacked.add(buffer.newestFirst());
            }
        }

        /**
         * All touches that one of the queries can credit with a conversion at this time.
         *
         * @param queries bits of the queries that admitted the conversion
         */
        List<PartnerTouches> at(long conversionTime, long queries) {
            List<PartnerTouches> answers = new ArrayList<>();
            for (int i = 0; i < buffers.length; i++) {
                List<Touch> candidates =
                        exposing.get(i).candidates(conversionTime, unpacked.get(i), queries);
                if (!candidates.isEmpty()) {
                    answers.add(new PartnerTouches(exposing.get(i).partner(), candidates));
                }
            }
            return answers;
        }
    }

    /** Drops what no conversion at {@code now} or later needs. */
    void retain(long now) {
        for (int i = 0; i < buffers.length; i++) {
            buffers[i].retain(now, exposing.get(i).rules());
        }
    }
}
