package io.sealroom.privacy.attribution;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The conversions of one token in one epoch: which stand, and which queries admit which, the first
 * C each by (time, event id). It makes the sensitivities of attributed count and value true.
 *
 * <p>Bounds: a few longs, and the ids of conversions that stood. Those of a partner are forgotten
 * once all its queries have admitted what they may and have reported, if they do, that the cap cut:
 * from then on nothing can be made of a conversion, so no duplicate has to be told. Until then
 * there are no more of them than the largest C, but for those of the slice that goes beyond it.
 */
public final class ConversionAdmission {

    private static final Comparator<StampedEvent<?>> OLDEST_FIRST =
            Comparator.<StampedEvent<?>>comparingLong(StampedEvent::time)
                    .thenComparing(
                            (a, b) ->
                                    EventIds.compare(
                                            a.key().idHigh(),
                                            a.key().idLow(),
                                            b.key().idHigh(),
                                            b.key().idLow()));

    private final AdmissionRules rules;
    private final long epoch;
    private final int[] used;
    private final ConversionIds[] ids;
    private long cut;

    /** Before the epoch's first slice. */
    public ConversionAdmission(AdmissionRules rules, long epoch) {
        this.rules = rules;
        this.epoch = epoch;
        this.used = new int[rules.queries().size()];
        this.ids = new ConversionIds[rules.suppliers().size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ConversionIds.none(epoch);
        }
    }

    /**
     * A conversion that is admitted.
     *
     * @param event what the caller makes of it
     * @param queries those that admit it, one at least
     */
    public record Admitted<T>(T event, long queries) {}

    /** Whether it is as before the epoch's first slice: then nothing has to be kept of it. */
    public boolean isFresh() {
        return cut == 0
                && Arrays.stream(used).allMatch(count -> count == 0)
                && Arrays.stream(ids).allMatch(ConversionIds::isEmpty);
    }

    /** Reads what {@link #writeCaps} wrote. */
    public void readCaps(LongBuffer in) {
        for (int i = 0; i < used.length; i++) {
            used[i] = Math.toIntExact(in.get());
        }
    }

    /** Reads what {@link #writeIds} wrote. */
    public void readIds(LongBuffer in) {
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ConversionIds.read(in);
        }
        cut = rules.isReported() ? in.get() : 0;
    }

    /** Appends how many conversions each query has admitted. */
    public void writeCaps(LongBuffer out) {
        for (int count : used) {
            out.put(count);
        }
    }

    /** Appends the ids of each partner, and the queries whose cap cut if one reports it. */
    public void writeIds(LongBuffer out) {
        for (ConversionIds known : ids) {
            known.write(out);
        }
        if (rules.isReported()) {
            out.put(cut);
        }
    }

    /** How many longs {@link #writeCaps} and {@link #writeIds} append now. */
    public int words() {
        int words = used.length + (rules.isReported() ? 1 : 0);
        for (ConversionIds known : ids) {
            words += known.words();
        }
        return words;
    }

    /**
     * Works on the conversions of one slice.
     *
     * @param conversions all of the slice, of any partners, in any order
     * @return those that stand and that a query admits; of each partner by (time, event id)
     */
    public <T> List<Admitted<T>> admit(List<StampedEvent<T>> conversions, Duplicates duplicates) {
        List<Admitted<T>> admitted = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            AdmissionRules.Supplier supplier = rules.suppliers().get(i);
            List<StampedEvent<T>> own = new ArrayList<>();
            for (StampedEvent<T> conversion : conversions) {
                if (conversion.key().partner() == supplier.partner()) {
                    own.add(conversion);
                }
            }
            if (own.isEmpty() || isOver(supplier)) {
                continue;
            }
            List<StampedEvent<T>> standing = new ArrayList<>(duplicates.standing(own, ids[i]));
            standing.sort(OLDEST_FIRST);
            for (StampedEvent<T> conversion : standing) {
                long queries = claim(supplier);
                if (queries != 0) {
                    admitted.add(new Admitted<>(conversion.event(), queries));
                }
            }
            if (isOver(supplier)) {
                ids[i] = ConversionIds.none(epoch);
            }
        }
        return admitted;
    }

    /** Queries that report it and that did not admit a conversion that stood, in this epoch. */
    public long cut() {
        return cut;
    }

    private long claim(AdmissionRules.Supplier supplier) {
        long queries = 0;
        for (int i : supplier.queries()) {
            AdmissionRules.Capped query = rules.queries().get(i);
            if (used[i] < query.conversionsMax()) {
                used[i]++;
                queries |= query.bit();
            } else if (query.reported()) {
                cut |= query.bit();
            }
        }
        return queries;
    }

    /** Whether nothing can come of another conversion of the partner. */
    private boolean isOver(AdmissionRules.Supplier supplier) {
        for (int i : supplier.queries()) {
            AdmissionRules.Capped query = rules.queries().get(i);
            boolean open = used[i] < query.conversionsMax();
            if (open || (query.reported() && (cut & query.bit()) == 0)) {
                return false;
            }
        }
        return true;
    }

    /** Without the content: it is about one token. */
    @Override
    public String toString() {
        return "ConversionAdmission[epoch " + epoch + "]";
    }
}
