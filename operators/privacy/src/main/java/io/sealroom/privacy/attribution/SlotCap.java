package io.sealroom.privacy.attribution;

import java.nio.LongBuffer;

/**
 * How many conversions of one epoch use one token as an older slot: of each query the first C. To
 * later ones the slot is empty. Without it a partner could put a victim's token into the lists of
 * any number of conversions, and see by their credits what the victim saw.
 */
public final class SlotCap {

    private final AdmissionRules rules;
    private final int[] used;

    /** Before the first conversion. */
    public SlotCap(AdmissionRules rules) {
        this.rules = rules;
        this.used = new int[rules.queries().size()];
    }

    /** Reads what {@link #write} wrote. */
    public static SlotCap read(AdmissionRules rules, LongBuffer in) {
        SlotCap cap = new SlotCap(rules);
        for (int i = 0; i < cap.used.length; i++) {
            cap.used[i] = Math.toIntExact(in.get());
        }
        return cap;
    }

    /** Appends {@link #words} longs: how many of each query there were. */
    public void write(LongBuffer out) {
        for (int count : used) {
            out.put(count);
        }
    }

    /** How many longs {@link #write} appends. */
    public int words() {
        return used.length;
    }

    /**
     * Lets the next conversion use the slot, in the order of conversions.
     *
     * @param queries those that admit the conversion
     * @return those among them to which the slot is not empty
     */
    public long admit(long queries) {
        long open = 0;
        for (int i = 0; i < used.length; i++) {
            AdmissionRules.Capped query = rules.queries().get(i);
            if ((queries & query.bit()) != 0 && used[i] < query.conversionsMax()) {
                used[i]++;
                open |= query.bit();
            }
        }
        return open;
    }

    /** Without the content: it is about one token. */
    @Override
    public String toString() {
        return "SlotCap";
    }
}
