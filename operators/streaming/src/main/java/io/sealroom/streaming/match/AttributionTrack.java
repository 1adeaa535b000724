package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.Conversion;
import io.sealroom.privacy.attribution.ConversionIds;
import io.sealroom.privacy.attribution.Duplicates;
import io.sealroom.privacy.attribution.EventKey;
import io.sealroom.privacy.attribution.StampedEvent;
import io.sealroom.privacy.attribution.Touch;
import io.sealroom.privacy.attribution.TouchBuffer;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.MatchedConversion;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One token in all attribution queries of its kind: touches that a later conversion may need, how
 * many conversions each query admitted in the epoch, and which.
 *
 * <p>Bounds: touches as {@link TouchBuffer} has it. Ids of a partner's conversions are forgotten
 * once all its queries have admitted what they may: nothing is admitted any more, so no duplicate
 * can be.
 */
final class AttributionTrack {

    private final AttributionPlan plan;
    private final long epoch;
    private final TouchBuffer[] touches;
    private final ConversionIds[] ids;
    private final int[] used;

    AttributionTrack(AttributionPlan plan, long epoch) {
        this.plan = plan;
        this.epoch = epoch;
        this.touches = new TouchBuffer[plan.exposing().size()];
        this.ids = new ConversionIds[plan.converting().size()];
        this.used = new int[plan.credited().size()];
        for (int i = 0; i < touches.length; i++) {
            touches[i] = TouchBuffer.empty();
        }
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ConversionIds.none(epoch);
        }
    }

    /** Reads what {@link #write} wrote. */
    static AttributionTrack read(AttributionPlan plan, long epoch, LongBuffer words) {
        AttributionTrack track = new AttributionTrack(plan, epoch);
        for (int i = 0; i < track.used.length; i++) {
            track.used[i] = Math.toIntExact(words.get());
        }
        for (int i = 0; i < track.touches.length; i++) {
            track.touches[i] = TouchBuffer.read(words);
        }
        for (int i = 0; i < track.ids.length; i++) {
            track.ids[i] = ConversionIds.read(words);
        }
        return track;
    }

    /** Appends {@link #words} longs: used caps, touches, ids. */
    void write(LongBuffer words) {
        for (int count : used) {
            words.put(count);
        }
        for (TouchBuffer buffer : touches) {
            buffer.write(words);
        }
        for (ConversionIds known : ids) {
            known.write(words);
        }
    }

    /** How many longs {@link #write} appends now. */
    int words() {
        int words = used.length;
        for (TouchBuffer buffer : touches) {
            words += buffer.words();
        }
        for (ConversionIds known : ids) {
            words += known.words();
        }
        return words;
    }

    /**
     * Works on one slice: its touches first, because a touch of the same slice may be older than a
     * conversion, then its conversions, then forgets.
     *
     * @param events all events of the slice, in any order
     * @param sliceEnd end of the slice, exclusive
     */
    void slice(List<AdmittedEvent> events, long sliceEnd, Duplicates rules, MatchOutput out) {
        for (int i = 0; i < touches.length; i++) {
            int partner = plan.exposing().get(i).partner();
            int cut =
                    touches[i].addAll(
                            standing(events, partner, false, rules, ConversionIds.none(epoch))
                                    .stream()
                                    .map(AttributionTrack::touch)
                                    .toList());
            if (cut > 0) {
                out.cut(partner, cut);
            }
        }
        for (int i = 0; i < ids.length; i++) {
            AttributionPlan.Converting converting = plan.converting().get(i);
            if (isOver(converting)) {
                continue;
            }
            List<Conversion> conversions =
                    standing(events, converting.partner(), true, rules, ids[i]).stream()
                            .map(AttributionTrack::conversion)
                            .toList();
            for (int query : converting.queries()) {
                admit(query, converting.partner(), conversions, out);
            }
            if (isOver(converting)) {
                ids[i] = ConversionIds.none(epoch);
            }
        }
        for (int i = 0; i < touches.length; i++) {
            touches[i].retain(sliceEnd, plan.exposing().get(i).rules());
        }
    }

    /** Whether every query of the partner has admitted all that it may in this epoch. */
    private boolean isOver(AttributionPlan.Converting converting) {
        for (int query : converting.queries()) {
            if (used[query] < plan.credited().get(query).cap().conversionsMax()) {
                return false;
            }
        }
        return true;
    }

    private void admit(int position, int partner, List<Conversion> conversions, MatchOutput out) {
        AttributionPlan.Credited credited = plan.credited().get(position);
        List<Conversion> admitted = credited.cap().admit(conversions, used[position]);
        if (admitted.isEmpty()) {
            return;
        }
        used[position] += admitted.size();
        // In policy order of partners: where all else is equal, the order of touches is theirs.
        List<Touch> candidates = new ArrayList<>();
        for (int i : credited.touches()) {
            candidates.addAll(touches[i].newestFirst());
        }
        for (Conversion conversion : admitted) {
            out.add(
                    new MatchedConversion(
                            credited.query(),
                            partner,
                            new EventId(conversion.idHigh(), conversion.idLow()),
                            conversion.time(),
                            conversion.value(),
                            credited.attribution().rank(conversion.time(), candidates)));
        }
    }

    private static List<AdmittedEvent> standing(
            List<AdmittedEvent> events,
            int partner,
            boolean conversions,
            Duplicates rules,
            ConversionIds known) {
        List<StampedEvent<AdmittedEvent>> stamped = new ArrayList<>();
        for (AdmittedEvent event : events) {
            if (event.partner() == partner && event.kind().isExposure() != conversions) {
                EventKey key =
                        new EventKey(
                                partner,
                                conversions,
                                event.eventId().high(),
                                event.eventId().low());
                stamped.add(new StampedEvent<>(key, event.time(), event.recordHash(), event));
            }
        }
        return rules.standing(stamped, known).stream().map(StampedEvent::event).toList();
    }

    private static Touch touch(AdmittedEvent event) {
        return new Touch(
                event.time(),
                event.eventId().high(),
                event.eventId().low(),
                event.cell(),
                event.kind() == EventKind.CLICK);
    }

    private static Conversion conversion(AdmittedEvent event) {
        return new Conversion(
                event.time(), event.eventId().high(), event.eventId().low(), event.value());
    }
}
