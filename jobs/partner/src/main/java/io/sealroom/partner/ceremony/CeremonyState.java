package io.sealroom.partner.ceremony;

import java.util.List;
import java.util.stream.Collectors;

/** How far a room's ceremony is. */
public sealed interface CeremonyState {

    /**
     * Partners still have something to do; until then nothing is evaluated.
     *
     * @param missing at most one a partner, in policy order; not empty
     */
    record NotActive(List<Missing> missing) implements CeremonyState {

        public NotActive {
            missing = List.copyOf(missing);
        }

        /** For people: {@code bank-b has not revealed its keys}. */
        public String text() {
            return missing.stream().map(Missing::text).collect(Collectors.joining(", "));
        }
    }

    /**
     * All keys are there and are what they must be.
     *
     * @param keys everybody's
     * @param unproven partners whose keys came through another contract, so that their proofs stand
     *     nowhere but were seen by the Room
     * @param closesAt end of the last window that is taken, milliseconds
     */
    record Complete(RoomPublicKeys keys, List<String> unproven, long closesAt)
            implements CeremonyState {

        public Complete {
            unproven = List.copyOf(unproven);
        }
    }

    /**
     * The room cannot be used; waiting does not help.
     *
     * @param detail for people; names partners and epochs, and nothing secret
     */
    record Refused(CeremonyRefusal reason, String detail) implements CeremonyState {}

    /**
     * What a room waits for.
     *
     * @param partner whose turn it is
     */
    record Missing(String partner, Step step) {

        /** For people. */
        public String text() {
            return switch (step) {
                case APPROVAL -> partner + " has not approved";
                case REVEAL -> partner + " has not revealed its keys";
            };
        }
    }

    /** What a partner has to do. */
    enum Step {
        APPROVAL,
        REVEAL
    }
}
