package io.sealroom.streaming.admit;

import io.sealroom.privacy.attribution.ConversionAdmission;
import io.sealroom.privacy.attribution.StampedEvent;
import io.sealroom.streaming.flow.AdmittedConversion;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.TokenKey;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The conversions of one token in one epoch, slice by slice: what is made of them. */
final class TokenAdmission {

    private final AdmitPlan plan;
    private final ConversionAdmission admission;

    private TokenAdmission(AdmitPlan plan, long epoch) {
        this.plan = plan;
        this.admission = new ConversionAdmission(plan.rules(), epoch);
    }

    /**
     * Reads what {@link #write} gave.
     *
     * @param sliceEnd end of the slice at hand, exclusive
     */
    static TokenAdmission read(AdmitPlan plan, long sliceEnd, long @Nullable [] packed) {
        TokenAdmission token = new TokenAdmission(plan, plan.epochOf(sliceEnd - 1));
        if (packed != null) {
            LongBuffer words = LongBuffer.wrap(packed);
            token.admission.readCaps(words);
            token.admission.readIds(words);
        }
        return token;
    }

    /** Packed: used caps, ids, reports; null if it is as before the epoch's first slice. */
    long @Nullable [] write() {
        if (admission.isFresh()) {
            return null;
        }
        LongBuffer words = LongBuffer.allocate(admission.words());
        admission.writeCaps(words);
        admission.writeIds(words);
        return words.array();
    }

    /**
     * Works on a slice that is over.
     *
     * @param conversions all of the slice
     * @return bits of the queries whose cap has now cut the token for the first time in the epoch
     */
    long slice(List<AdmittedConversion> conversions, Consumer<Probe> out) {
        TreeMap<Integer, AdmittedConversion> unseen = new TreeMap<>();
        List<StampedEvent<AdmittedConversion>> stamped = new ArrayList<>();
        for (AdmittedConversion conversion : conversions) {
            AdmittedEvent event = conversion.event();
            stamped.add(event.stamped(conversion));
            if (plan.isPresent(event.partner())) {
                unseen.merge(event.partner(), conversion, TokenAdmission::first);
            }
        }
        long before = admission.cut();
        for (ConversionAdmission.Admitted<AdmittedConversion> one :
                admission.admit(stamped, plan.duplicates())) {
            AdmittedConversion conversion = one.event();
            unseen.remove(conversion.event().partner());
            out.accept(probe(conversion.event(), conversion.key(), false, one.queries()));
            TokenKey older = conversion.older();
            if (older != null) {
                out.accept(probe(conversion.event(), older, true, one.queries()));
            }
        }
        // Overlap counts a partner once in a slice, whichever of its conversions tells of it.
        unseen.values().forEach(it -> out.accept(probe(it.event(), it.key(), false, 0)));
        return admission.cut() & ~before;
    }

    /** So that the same slice always gives the same, in whatever order it came. */
    private static AdmittedConversion first(AdmittedConversion a, AdmittedConversion b) {
        int order = Long.compare(a.event().time(), b.event().time());
        if (order == 0) {
            order = a.event().recordHash().compareTo(b.event().recordHash());
        }
        return order <= 0 ? a : b;
    }

    private static Probe probe(
            AdmittedEvent conversion, TokenKey key, boolean older, long queries) {
        return new Probe(
                key,
                older,
                conversion.key(),
                conversion.partner(),
                conversion.eventId(),
                conversion.time(),
                conversion.value(),
                queries);
    }
}
